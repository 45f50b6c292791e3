import fs from 'node:fs';

/** Linux counts CPU in ticks of 1/100 s. */
const tickMs = 10;

/** CPU time in ms (user + kernel, all threads, ended children not included) of a process, or 0 when it is gone. */
export function cpuMsOf(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user = '0', kernel = '0'] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(kernel)) * tickMs;
  } catch {
    return 0;
  }
}

/** Ids of a process and everything below it. */
export function treeOf(pid: number): number[] {
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return new RegExp(`^PPid:\\s+${pid}$`, 'm').test(fs.readFileSync(`/proc/${name}/status`, 'utf8'));
      } catch {
        return false;
      }
    })
    .map(Number);
  return [pid, ...children.flatMap(treeOf)];
}

/** Resident memory in MB. */
export function memoryMbOf(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(match?.[1] ?? 0) / 1024);
}
