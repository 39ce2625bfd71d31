/** SQLSTATEs and system errors of a database that is not there at the moment, or has no room for one more. */
const away = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', '53300', '57P01', '57P02', '57P03']
/** What pg says, without a code, of a connection that broke or did not come about. */
const broken =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
/** The disk is full, for the database or for files; or a limit on their size is reached. */
const full = ['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']

/** What is out of order around us; null when the error is our own. */
export function outageOf(error: unknown): 'not_ready' | 'storage_full' | null {
  if (!(error instanceof Error)) return null
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code && full.includes(code)) return 'storage_full'
  if (broken.test(error.message) || syscall === 'connect') return 'not_ready'
  if (code && (away.includes(code) || /^08\w{3}$/.test(code))) return 'not_ready'
  return outageOf(error.cause)
}
