/** Whether an address is on a list of hosts: `name`, `name:port`, `*.name` for all below it, `*` for any. */
export function mayFetchFrom(hosts: readonly string[]): (url: URL) => boolean {
  return ({ hostname, host }) =>
    hosts.some((each) => {
      if (each === '*' || each === hostname || each === host) return true
      return each.startsWith('*.') && hostname.endsWith(each.slice(1))
    })
}
