import type { CallFlow } from '../call-flow/flow.ts';
import type { FlowState } from '../call-flow/interpret.ts';

/** A call flow that takes calls, and which of its versions it is. */
export interface LiveFlow {
  readonly flow: CallFlow;
  readonly version: number;
}

/**
 * A caller in a flow: stays in the version in which the call began, whatever is put in force meanwhile. Known to this process
 * only, for what was keyed in stands in no event: after a restart the flow begins again.
 */
export interface InFlow extends LiveFlow {
  readonly state: FlowState;
}
