// One file that Node reads instead of a thousand: three quarters of what a command took to start was looking for modules.
// It is made of what `tsc -b` wrote, whose types are checked there. Child processes are not part of it.
import fs from 'node:fs';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const folder = path.join(import.meta.dirname, 'dist/bundle');

/** A module finds its neighbours (packs, migrations, sounds, programs of its child processes) where it lay before it was bundled. */
const whereItLay: Plugin = {
  name: 'where-it-lay',
  load(id) {
    const map = `${id}.map`;
    return id.endsWith('.js') && fs.existsSync(map)
      ? { code: fs.readFileSync(id, 'utf8'), map: JSON.parse(fs.readFileSync(map, 'utf8')) }
      : undefined;
  },
  transform(code, id) {
    if (!path.isAbsolute(id) || id.includes('/node_modules/') || !code.includes('import.meta.url')) return undefined;
    const from = path.relative(folder, id).split(path.sep).join('/');
    return { code: code.replaceAll('import.meta.url', `new URL(${JSON.stringify(from)}, import.meta.url).href`), map: null };
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [whereItLay],
  // Native parts, and a logger that starts workers from files of its own.
  ssr: { noExternal: true, external: ['node-datachannel', 'sherpa-onnx-node', 'unbzip2-stream', 'pino', 'pg-native'] },
  build: {
    ssr: 'dist/main.js',
    outDir: folder,
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
  },
});
