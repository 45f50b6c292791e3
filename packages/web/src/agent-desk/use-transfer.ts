import type { CallView } from '@threerings/core/wire/desk';
import { useDeskCommand } from '../live/command.ts';

export interface TransferSteps {
  readonly complete: () => void;
  readonly join: () => void;
  readonly takeBack: () => void;
}

/** The steps of an open transfer, each once at a time. */
export function useTransferSteps({ interaction }: CallView): TransferSteps {
  const { run, pending } = useDeskCommand();
  const step = (name: 'complete' | 'join' | 'take-back') => () => {
    if (!pending.has('transfer-step')) void run({ kind: 'transfer-step', interaction, step: name });
  };
  return { complete: step('complete'), join: step('join'), takeBack: step('take-back') };
}
