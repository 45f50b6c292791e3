import os from 'node:os';
import { openPack, openPackTexts } from '../norm-packs/judging-pack.ts';
import { storedBases } from '../norm-packs/pack-versions-read-model.ts';
import { openDatabase } from '../store/database.ts';
import { judgePage, type PageParts } from './judge-page.ts';
import type { FromJudge, ToJudge } from './judging-processes.ts';

/*
 * A process that judges pages for the one that started it. What it needs comes over the channel to its parent, never as an
 * argument: arguments are seen by every user of the machine. It ends when the channel does.
 */

// A year that is judged again must not take the machine from the calls that are being talked.
os.setPriority(5);

let parts: PageParts | undefined;

const answer = (message: FromJudge) => void process.send?.(message);

async function setUp({ url, masterKey, pack: given, packsFolder }: Extract<ToJudge, { kind: 'set-up' }>): Promise<FromJudge> {
  const db = openDatabase(url, { maxConnections: 2 });
  const opened =
    'folder' in given ? await openPack(given.folder, packsFolder) : await openPackTexts(given.files, packsFolder, 'zh', storedBases(db));
  if (!opened.ok) {
    await db.destroy();
    return { kind: 'failed', message: opened.problems.join('\n') };
  }
  const { pack, program } = opened.judging;
  parts = { db, masterKey: Buffer.from(masterKey, 'base64'), pack, program };
  return { kind: 'ready' };
}

async function take(message: ToJudge): Promise<FromJudge> {
  if (message.kind === 'set-up') return setUp(message);
  if (parts === undefined) return { kind: 'failed', message: 'a page came before the set-up' };
  return { kind: 'judged', report: await judgePage(parts, message.calls) };
}

process.on('message', (message: ToJudge) => {
  take(message).then(answer, (error: unknown) => answer({ kind: 'failed', message: String(error) }));
});
// Ctrl-C reaches the whole group; the parent decides what is still finished.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
