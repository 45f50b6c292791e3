import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A model of sherpa-onnx as its native library wants it: which files play which part. */
export interface SherpaModel {
  /** the folder's name, which stands in every event */
  readonly name: string;
  /** a streaming model is given whole utterances too: interim words are nobody's evidence */
  readonly streaming: boolean;
  readonly tokens: string;
  /** `modelConfig` of the library, without tokens */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * The model in a folder, told by the names of its files as the project publishes them; or what is wrong with it, in a
 * sentence.
 */
export function sherpaModelIn(folder: string): SherpaModel | string {
  if (!existsSync(folder)) return `no model in ${folder}: get one with threerings models pull, or name its folder with --recogniser-model`;
  const files = readdirSync(folder).sort();
  const name = path.basename(folder);
  const at = (file: string) => path.join(folder, file);
  if (!files.includes('tokens.txt')) return `${folder} has no tokens.txt: this is no model of sherpa-onnx`;
  // The smaller of two: 8-bit weights cost half the memory and hardly any accuracy.
  const find = (part: string) => {
    const found = files.filter((file) => file.startsWith(part) && file.endsWith('.onnx'));
    const best = found.find((file) => file.includes('int8')) ?? found[0];
    return best === undefined ? undefined : at(best);
  };
  const [encoder, decoder, joiner, model] = [find('encoder'), find('decoder'), find('joiner'), find('model') ?? find('ctc')];
  const known = { name, tokens: at('tokens.txt'), streaming: name.includes('streaming') };
  if (encoder !== undefined && decoder !== undefined && joiner !== undefined)
    return { ...known, config: { transducer: { encoder, decoder, joiner } } };
  if (encoder !== undefined && decoder !== undefined) return { ...known, config: { paraformer: { encoder, decoder } } };
  if (model === undefined) return `${folder} has neither model*.onnx nor encoder*.onnx with decoder*.onnx`;
  if (name.includes('sense-voice')) return { ...known, config: { senseVoice: { model, language: 'zh', useInverseTextNormalization: 1 } } };
  if (name.includes('paraformer')) return { ...known, config: { paraformer: { model } } };
  return { ...known, config: known.streaming ? { zipformer2Ctc: { model } } : { zipformerCtc: { model } } };
}
