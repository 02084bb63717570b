import { allowedColumns, type CanaryKind, findCanary } from '@turn-lever/core/testing/canaries';

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
 * Looks for canaries in every column of every table of every schema, the queue's included. `further` are texts that
 * may stand nowhere either. The rows are read and looked at here: in SQL the pattern takes a hundred times as long.
 */
export const searchDatabase = async (
  run: RunStatement,
  further: ReadonlySet<string> | readonly string[] = [],
): Promise<DatabaseSearch> => {
  const columns = (await run(columnsOf)) as unknown as readonly Column[];
  const tables = [...Map.groupBy(columns, ({ table }) => table)];
  let rows = 0;
  let allowed = 0;
  const leaks: string[] = [];
  for (const [table, all] of tables) {
    const searched = all.filter(({ type }) => !textless.has(type));
    const found = await run(readAll(table, searched));
    rows += found.length;
    for (const [position, { column }] of searched.entries()) {
      const texts = found.map((row) => row[`text${position}`]).filter((text) => typeof text === 'string');
      // Most columns hold none at all.
      if (findCanary(texts.join('\n'), further) < 0) continue;
      const may: readonly CanaryKind[] = allowedColumns[`${table}.${column}`] ?? [];
      const leaked = texts.filter((text) => findCanary(text, further, may) >= 0).length;
      if (leaked > 0) leaks.push(`${table}.${column}: ${leaked}`);
      allowed += texts.filter((text) => findCanary(text, further) >= 0).length - leaked;
    }
  }
  return { tables: tables.length, rows, leaks, allowed };
};

const readAll = (table: string, columns: readonly Column[]): string => {
  const texts = columns.map(({ column, type }, position) => {
    const text = type === 'bytea' ? `encode(${quoted(column)}, 'escape')` : `${quoted(column)}::text`;
    return `${text} as text${position}`;
  });
  return `select ${texts.join(', ')} from ${table.split('.').map(quoted).join('.')}`;
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
