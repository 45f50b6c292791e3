// The command line of the product: node scripts/threerings.mjs <command>. Builds first where something has changed.
import { buildProduct, buildServer } from './lib/build.mjs';
import { Failure, install, requireNode } from './lib/install.mjs';

const servesPages = ['serve', 'start-demo'].includes(process.argv[2]);
try {
  requireNode(20, 19);
  install();
  if (servesPages) buildProduct();
  else buildServer();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`threerings: ${error.message}`);
  process.exit(3);
}
// Reading the map takes longer than most commands: `node --enable-source-maps` shows places in the sources.
if (servesPages) process.setSourceMapsEnabled(true);
const { main } = await import('../packages/server/dist/bundle/main.js');
process.exit(await main(process.argv.slice(2)));
