/**
 * Rows of `db.execute(sql…)`: PGlite answers `{ rows }`, postgres.js an array. Column names as in SQL; int8 and
 * timestamps differ between the drivers, so cast them to text or use the query builder.
 */
export const rowsOf = <Row extends Record<string, unknown>>(result: unknown): Row[] =>
  (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[];
