import { expect, test } from 'vitest';
import { Services, StoppedWhileStarting } from './services.ts';

function logged() {
  const lines: string[] = [];
  const log = { info: () => {}, error: (facts: object) => void lines.push((facts as { service: string }).service) };
  return { lines, log };
}

test('parts stop in the reverse of the order in which they started', async () => {
  const { log } = logged();
  const services = new Services(log);
  const stopped: string[] = [];
  for (const name of ['database', 'runtime', 'http'])
    expect(await services.start(name, () => ({ value: name, stop: () => void stopped.push(name) }))).toBe(name);
  expect(await services.stop()).toBe(true);
  expect(stopped).toEqual(['http', 'runtime', 'database']);
});

test('a part that fails to start stops those before it', async () => {
  const { log } = logged();
  const services = new Services(log);
  const stopped: string[] = [];
  await services.start('database', () => ({ value: 1, stop: () => void stopped.push('database') }));
  await expect(services.start('http', () => Promise.reject(new Error('port in use')))).rejects.toThrow('port in use');
  expect(stopped).toEqual(['database']);
});

test('a part that fails to stop is reported and the others stop all the same', async () => {
  const { lines, log } = logged();
  const services = new Services(log);
  const stopped: string[] = [];
  await services.start('database', () => ({ value: 1, stop: () => void stopped.push('database') }));
  await services.start('voice', () => ({ value: 1, stop: () => Promise.reject(new Error('gone')) }));
  expect(await services.stop()).toBe(false);
  expect(stopped).toEqual(['database']);
  expect(lines).toEqual(['voice']);
});

test('a stop during a start also stops the part that was just starting, and nothing starts after it', async () => {
  const { log } = logged();
  const services = new Services(log);
  const stopped: string[] = [];
  const starting = services.start('database', async () => {
    await services.stop();
    return { value: 1, stop: () => void stopped.push('database') };
  });
  await expect(starting).rejects.toBeInstanceOf(StoppedWhileStarting);
  await expect(services.start('http', () => ({ value: 1, stop: () => void stopped.push('http') }))).rejects.toBeInstanceOf(
    StoppedWhileStarting,
  );
  expect(stopped).toEqual(['database']);
});
