/**
 * Wrong characters that are often typed in writing of this kind, with what is meant, and what they must not be part of. A list, no grammar:
 * it finds these and nothing else. Words that are right in another sense (交费, 权利, 做) do not stand here.
 */
const known: readonly (readonly [wrong: string, right: string, ...fences: readonly string[]])[] = [
  ['帐号', '账号'],
  ['帐户', '账户'],
  ['登陆网站', '登录网站'],
  ['登陆系统', '登录系统'],
  ['登陆账', '登录账'],
  ['身分证', '身份证'],
  ['身份正', '身份证', '身份正常', '身份正确', '身份正在'],
  ['以经', '已经', '以经济', '以经办', '以经营', '以经验'],
  ['己经', '已经', '自己经'],
  ['在说一遍', '再说一遍'],
  ['在见', '再见', '现在见', '在见面', '正在见'],
  ['请稍侯', '请稍候'],
  ['请稍后片刻', '请稍候片刻'],
  ['等侯', '等候'],
  ['时侯', '时候'],
  ['按排', '安排', '按排队', '按排名', '按排序'],
  ['帮忙办里', '帮忙办理'],
  ['办里', '办理', '经办里', '办里面'],
  ['受里', '受理'],
  ['社保卞', '社保卡'],
  ['社报卡', '社保卡'],
  ['社宝卡', '社保卡'],
  ['养老经', '养老金', '养老经办', '养老经验', '养老经费'],
  ['退修', '退休'],
  ['退体', '退休'],
  ['缴废', '缴费'],
  ['徼费', '缴费'],
  ['激费', '缴费'],
  ['医疗报险', '医疗保险'],
  ['失业保险经', '失业保险金', '失业保险经办'],
  ['工商认定', '工伤认定'],
  ['生育津帖', '生育津贴'],
  ['补帖', '补贴'],
  ['报消', '报销'],
  ['户藉', '户籍'],
  ['藉贯', '籍贯'],
  ['迁徒', '迁徙'],
  ['做为', '作为', '叫做为'],
  ['既使', '即使'],
  ['即然', '既然'],
  ['必需在', '必须在'],
  ['须要您', '需要您'],
  ['须求', '需求'],
  ['反应问题', '反映问题'],
  ['反应情况', '反映情况'],
  ['报怨', '抱怨'],
  ['报歉', '抱歉'],
  ['道欠', '道歉', '道欠费', '道欠款'],
  ['凉解', '谅解'],
  ['不好意恩', '不好意思'],
  ['迷底', '谜底'],
  ['坐机', '座机'],
  ['恢复您的留言', '回复您的留言'],
  ['尽块', '尽快', '尽块钱'],
  ['马上为悠', '马上为您'],
  ['悠好', '您好'],
  ['您号，', '您好，'],
];

export interface Typo {
  readonly found: string;
  readonly instead: string;
}

/** The known wrong words in a text, each once, in the order of the list. */
export function typosIn(text: string): readonly Typo[] {
  return known.flatMap(([found, instead, ...fences]) => {
    // What is right as a part of a longer word is taken out before the word is looked for.
    const rest = fences.reduce((left, fence) => left.replaceAll(fence, '\n'), text);
    return rest.includes(found) ? [{ found, instead }] : [];
  });
}

/** For the test: a right word that the list takes for a wrong one would be corrected into nonsense. */
export const knownTypos = known;
