/** With which a new flow begins: no menu, straight to a person. */
export const plainFlow = `流程 主流程

步骤 告知
录音告知
接 人工

步骤 人工
排队
`;
