import { allowedColumns, canaryPattern, canaryPatterns } from '@turn-lever/core/testing/canaries';

/** Runs one statement without parameters. */
export type RunStatement = (statement: string) => Promise<readonly Record<string, unknown>[]>;

/** What a search of a whole database found. */
export interface DatabaseSearch {
  readonly tables: number;
  readonly rows: number;
  /** Where canaries stand that must not stand there: `schema.table.column: how many`. */
  readonly leaks: readonly string[];
  /** Canaries where they may stand: a search that finds none anywhere has looked at nothing. */
  readonly allowed: number;
}

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

// No text fits in there.
const textless = new Set([
  'bigint',
  'boolean',
  'double precision',
  'integer',
  'interval',
  'smallint',
  'timestamp with time zone',
  'timestamp without time zone',
  'uuid',
]);

const columnsOf = `
  select n.nspname || '.' || c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as "type"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
  order by 1, a.attnum`;

/**
 * Looks for canaries in every column of every table of every schema, the queue's included. `further` are secrets that we
 * made ourselves.
 */
export const searchDatabase = async (
  run: RunStatement,
  further: Iterable<string> = [],
): Promise<DatabaseSearch> => {
  const columns = (await run(columnsOf)) as unknown as readonly Column[];
  const tables = [...Map.groupBy(columns, ({ table }) => table)];
  let rows = 0;
  let allowed = 0;
  const leaks: string[] = [];
  for (const [table, all] of tables) {
    const searched = all.filter(({ type }) => !textless.has(type));
    const [found = {}] = await run(countIn(table, searched, [...further]));
    rows += Number(found.rows);
    for (const [position, { column }] of searched.entries()) {
      if (Number(found[`leak${position}`]) > 0) leaks.push(`${table}.${column}: ${found[`leak${position}`]}`);
      allowed += Number(found[`allowed${position}`] ?? 0);
    }
  }
  return { tables: tables.length, rows, leaks, allowed };
};

const countIn = (table: string, columns: readonly Column[], further: readonly string[]): string => {
  const counts = columns.flatMap(({ column, type }, position) => {
    const text = type === 'bytea' ? `encode(${quoted(column)}, 'escape')` : `${quoted(column)}::text`;
    const may = allowedColumns[`${table}.${column}`] ?? [];
    const count = (pattern: string, name: string) =>
      `count(*) filter (where ${text} ~* '${pattern.replaceAll("'", "''")}') as ${name}${position}`;
    return [
      count(canaryPattern(may, further), 'leak'),
      ...(may.length === 0 ? [] : [count(may.map((kind) => canaryPatterns[kind]).join('|'), 'allowed')]),
    ];
  });
  const name = table.split('.').map(quoted).join('.');
  return `select ${['count(*) as rows', ...counts].join(', ')} from ${name}`;
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
