import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Side } from '@threerings/core/acoustics/conversation';
import type { Instant } from '@threerings/norms/trace';
import type { RecogniserSettings } from '../recognisers/make-recogniser.ts';
import type { Recogniser } from '../recognisers/recogniser.ts';
import { FrameReader } from './frame-reader.ts';
import { HeardCall } from './heard-call.ts';
import type { ListenerCommand, ListenerReport } from './protocol.ts';

interface OpenSide {
  readonly server: Server;
  socket: Socket | undefined;
  closing: boolean;
}

interface Line {
  readonly heard: HeardCall;
  readonly sides: Map<Side, OpenSide>;
}

/** Everything that the listening process does: sockets on which sound comes, and a call's measures behind them. */
export class ListenerHub {
  readonly #now: () => Instant;
  readonly #tell: (report: ListenerReport) => void;
  readonly #make: (settings: RecogniserSettings) => Recogniser;
  readonly #lines = new Map<string, Line>();
  #recogniser: Recogniser | undefined;

  constructor(now: () => Instant, tell: (report: ListenerReport) => void, make: (settings: RecogniserSettings) => Recogniser) {
    this.#now = now;
    this.#tell = tell;
    this.#make = make;
  }

  do(command: ListenerCommand): void {
    if (command.kind === 'configure') {
      void this.#recogniser?.close();
      this.#recogniser = command.recogniser && this.#make(command.recogniser);
      return;
    }
    if (command.kind === 'listen') {
      if (!this.#lines.has(command.call))
        this.#lines.set(command.call, { heard: new HeardCall(command, this.#recogniser, this.#now, this.#tell), sides: new Map() });
      return;
    }
    const line = this.#lines.get(command.call);
    if (line === undefined) return;
    switch (command.kind) {
      case 'open':
        this.#open(line, command);
        break;
      case 'close':
        closeSide(line, command.side);
        break;
      case 'meet':
        line.heard.meet(command.on);
        break;
      case 'end':
        this.#lines.delete(command.call);
        for (const side of line.sides.keys()) closeSide(line, side);
        void line.heard.end();
        break;
    }
  }

  close(): void {
    for (const line of this.#lines.values()) for (const side of line.sides.keys()) closeSide(line, side);
    this.#lines.clear();
    void this.#recogniser?.close();
  }

  #open(line: Line, { call, side, socket: path }: Extract<ListenerCommand, { kind: 'open' }>): void {
    closeSide(line, side);
    const server = createServer();
    const open: OpenSide = { server, socket: undefined, closing: false };
    line.sides.set(side, open);
    server.once('error', () => this.#tell({ kind: 'opened', call, side, socket: path, ok: false }));
    server.listen(path, () => this.#tell({ kind: 'opened', call, side, socket: path, ok: true }));
    server.once('connection', (socket) => {
      open.socket = socket;
      server.close();
      rmSync(path, { force: true });
      line.heard.listenTo(side, true);
      this.#listenOn(line, open, call, side, socket);
    });
  }

  #listenOn(line: Line, open: OpenSide, call: string, side: Side, socket: Socket): void {
    const frames = new FrameReader();
    socket.on('data', (bytes) => {
      if (open.closing) return;
      for (const frame of frames.read(bytes)) line.heard.hear(side, frame);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      if (open.closing) return;
      closeSide(line, side);
      this.#tell({ kind: 'deaf', call, side });
    });
  }
}

function closeSide(line: Line, side: Side): void {
  const open = line.sides.get(side);
  if (open === undefined) return;
  open.closing = true;
  open.server.close();
  open.socket?.destroy();
  line.sides.delete(side);
  line.heard.listenTo(side, false);
}
