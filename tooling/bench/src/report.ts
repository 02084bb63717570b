import process from 'node:process';
import type { Round, Scenario } from './measure-ingest.ts';
import { median, spread } from './statistics.ts';

/** What the product must reach against the naive server. */
interface Target {
  readonly throughput: number;
  /** At most this share of the naive server's p99. */
  readonly p99?: number;
}

const targetOf = ({ connections, share }: Scenario): Target | null => {
  if (connections === 1) return { throughput: 0.95 };
  if (connections !== 64) return null;
  return share === 1 ? { throughput: 2 } : { throughput: 2.5, p99: 0.5 };
};

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const columns = [14, 22, 22, 19, 18, 18, 20] as const;

const row = (cells: readonly string[]): string =>
  cells.map((cell, position) => cell.padEnd(columns[position] ?? 0)).join(' ');

export const sayHead = (): void =>
  say(row(['load', 'product req/s', 'naive req/s', 'ratio', 'product p99 ms', 'naive p99 ms', 'p99 ratio']));

/** One line of the table: medians, with the least and the most of all rounds; ratios are of each round. */
export const sayRow = (scenario: Scenario, rounds: readonly Round[]): void => {
  const throughput = rounds.map(({ product, naive }) => product.requestsPerSecond / naive.requestsPerSecond);
  const p99 = rounds.map(({ product, naive }) => product.p99 / naive.p99);
  const of = (name: 'product' | 'naive', value: 'requestsPerSecond' | 'p99') =>
    rounds.map((round) => round[name][value]);
  const cells = [
    `${scenario.connections} × ${scenario.share * 100} %`,
    spread(of('product', 'requestsPerSecond'), 0),
    spread(of('naive', 'requestsPerSecond'), 0),
    spread(throughput, 2),
    spread(of('product', 'p99'), 1),
    spread(of('naive', 'p99'), 1),
    spread(p99, 2),
  ];
  say(`${row(cells)} ${verdict(targetOf(scenario), median(throughput), median(p99))}`);
};

const verdict = (target: Target | null, throughput: number, p99: number): string => {
  if (target === null) return '';
  const isReached = throughput >= target.throughput && (target.p99 === undefined || p99 <= target.p99);
  const wanted = `≥ ${target.throughput}${target.p99 === undefined ? '' : `, p99 ≤ ${target.p99}`}`;
  return `${isReached ? 'reached' : 'MISSED'} (${wanted})`;
};
