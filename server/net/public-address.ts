import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Everything of IPv4 that is not somebody's public address: private, loopback, link-local, shared, tests, multicast. */
const notPublicIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Parts of the public range of IPv6 that lead elsewhere: tunnels that carry an IPv4 address, and examples. */
const notPublicIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const refused = new BlockList()
for (const network of [...notPublicIpv4, ...notPublicIpv6]) {
  const [address = '', bits] = network.split('/')
  refused.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6')
}
const globalIpv6 = new BlockList()
globalIpv6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an address belongs to the public internet. Of IPv6 only the global unicast range does, which leaves out
 * loopback, link-local, unique-local and every way of writing an IPv4 address in it.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return globalIpv6.check(address, 'ipv6') && !refused.check(address, 'ipv6')
}
