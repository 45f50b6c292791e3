/** 工单与知识的附件。 */
export const zhFiles = {
  'files.title': '附件',
  'files.add': '添加附件（每个最多 {most} MB）',
  'files.nameless': '文件',
  'files.unscanned': '未经安全检查',
  'files.gone.expired': '保存期已满',
  'files.gone.erased': '已抹除',
  'files.gone.removed': '已移除',
  'files.remove': '移除',
  'files.remove-one': '移除“{name}”',
} as const;
