import { BaseSequencer, type TestSpecification } from 'vitest/node';

const wholeProduct = /\/(?:scenarios\/run|packages\/testkit\/src\/(?:product|e2e)|packages\/server\/src\/(?:composition|store))\//;

/** Files that start the whole product take longest although they are short: begun last, one worker would end alone. */
export class WholeProductFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = (file: TestSpecification) => wholeProduct.test(file.moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
