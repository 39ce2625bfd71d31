/** A fault the operator can mend. Its message is one plain sentence, printed as it is; the process then exits with 1. */
export class StartFault extends Error {
  override name = 'StartFault'
}

/** The `code` of a system error (`EACCES`, `ENOENT`, …), or of a PostgreSQL error (SQLSTATE). */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
