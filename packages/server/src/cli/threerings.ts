import { main } from '../main.ts';

// Started by scripts/dev.mjs from sources; scripts/threerings.mjs and scripts/start.mjs call `main` themselves.
process.exit(await main(process.argv.slice(2)));
