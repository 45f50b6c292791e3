import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { Me } from '@threerings/core/wire/session';
import type { Logger } from 'pino';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { auditFeature } from '../people/audit-routes.ts';
import { peopleInDatabase } from '../people/people-read-model.ts';
import { peopleFeature } from '../people/people-routes.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import { unitFeature } from '../people/unit-routes.ts';
import { sessionFeature } from '../session/session-routes.ts';
import { Sessions } from '../session/sessions.ts';
import { sessionsInDatabase } from '../session/sessions-read-model.ts';
import { SignInThrottle } from '../session/sign-in-throttle.ts';
import type { Database } from '../store/database.ts';
import { type App, type AppParts, buildApp, type Feature } from './app.ts';
import { CallerSocket } from './caller-socket.ts';
import { ChatSocket } from './chat-socket.ts';
import { LiveSocket } from './live-socket.ts';
import type { RouteAccess } from './route-access.ts';

export interface ShellParts extends Pick<AppParts, 'exposure' | 'certificate' | 'site' | 'healthy' | 'degraded'> {
  readonly db: Database;
  readonly demo: boolean;
  readonly hotline: Me['hotline'];
  readonly log: Logger;
  readonly now: () => number;
  /** 32 secret bytes that sign the tokens of web callers */
  readonly callerKey: Buffer;
  /** The parts of the product: each adds its routes, its topics (`shell.live`) and its gateways before anybody can connect. */
  readonly features?: (shell: ShellServices) => readonly Feature[];
}

/** What a feature may use of the shell. */
export interface ShellServices {
  readonly sessions: Sessions;
  readonly people: PeopleStore;
  readonly audit: Audit;
  readonly live: LiveSocket;
  readonly callers: CallerSocket;
  readonly chats: ChatSocket;
}

export interface Shell extends ShellServices {
  readonly app: App;
  readonly routes: readonly RouteAccess[];
  /** Begins to serve; settles with the port (that of `port` 0 is chosen by the system). */
  listen(host: string, port: number): Promise<number>;
  /** A renewed certificate, for connections from now on. */
  useCertificate(pair: { readonly cert: string; readonly key: string }): void;
  /** Takes no new connections; sockets are told and closed. Safe to call twice. */
  stopListening(): Promise<void>;
  close(): Promise<void>;
}

/** Sign-in, people, units, audit, sockets and the features on top of them. */
export async function openShell(parts: ShellParts): Promise<Shell> {
  const { db, log, now } = parts;
  const people = peopleInDatabase(db);
  const audit = auditInDatabase(db);
  const sessions = new Sessions(sessionsInDatabase(db), now);
  const live = new LiveSocket({ sessions, log, now });
  const callers = new CallerSocket({ key: parts.callerKey, now, log });
  const chats = new ChatSocket({ key: parts.callerKey, now, log });
  const services: ShellServices = { sessions, people, audit, live, callers, chats };
  const { exposure, certificate, site, healthy, degraded, hotline, demo } = parts;
  const throttle = new SignInThrottle();
  const features: readonly Feature[] = [
    sessionFeature({ sessions, people, audit, throttle, exposure, hotline, demo, now }),
    peopleFeature({ people, audit, sessions, now }),
    unitFeature({ people, audit, now }),
    auditFeature(audit),
    { name: 'callers', routes: (app) => callers.routes(app) },
    { name: 'visitors', routes: (app) => chats.routes(app) },
    ...(parts.features?.(services) ?? []),
  ];
  const { app, sockets, routes } = await buildApp({
    exposure,
    certificate,
    site,
    healthy,
    degraded,
    sessions,
    log,
    features,
    changed: (lists) => live.changed(lists),
  });
  live.attach(sockets);
  callers.attach(sockets);
  chats.attach(sockets);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    live.close();
    stopped ??= app.close();
    return stopped;
  };
  return {
    ...services,
    app,
    routes,
    async listen(host, port) {
      await app.listen({ host, port });
      // Fastify listens on TCP only, so there is an address with a port.
      return (app.server.address() as AddressInfo).port;
    },
    useCertificate(pair) {
      if (app.server instanceof TlsServer) app.server.setSecureContext(pair);
    },
    stopListening: stop,
    close: stop,
  };
}
