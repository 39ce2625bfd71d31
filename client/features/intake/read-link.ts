/** What a link says by itself. `handle` is null where the address does not hold it. */
export type ReadLink = { platform: string; externalId: string; handle: string | null }

/** Platforms by their hosts. */
const hosts: Record<string, string> = {
  'vk.com': 'vk',
  'vk.ru': 'vk',
  'x.com': 'x',
  'twitter.com': 'x',
  't.me': 'telegram',
  'telegram.me': 'telegram',
  'youtube.com': 'youtube',
  'youtu.be': 'youtube',
  'facebook.com': 'facebook',
  'instagram.com': 'instagram',
  'tiktok.com': 'tiktok',
  'reddit.com': 'reddit',
  'ok.ru': 'ok',
}

/** Places of these sites that are no accounts. */
const noHandles = new Set([
  'watch',
  'video',
  'videos',
  'p',
  'reel',
  'shorts',
  'i',
  'c',
  'r',
  's',
  'groups',
  'story.php',
])

/**
 * What can be told of a post or an account from its link, as senders of that platform would name it: the number of a VK
 * wall post, of a post on X. Null when it is no link. An unknown site is its own platform, and its address the number.
 */
export function readLink(link: string): ReadLink | null {
  const url = URL.parse(link.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return null
  const host = url.hostname.replace(/^(www|m|mobile|old|new)\./, '')
  const platform = hosts[host] ?? host
  const parts = url.pathname.split('/').filter(Boolean)
  const wall = /wall-?\d+_\d+/.exec(url.href)
  const handle = handleIn(platform, parts)
  return { platform, externalId: wall?.[0] ?? numberIn(url, parts), handle }
}

function numberIn(url: URL, parts: string[]): string {
  const status = parts.indexOf('status')
  if (status >= 0 && parts[status + 1]) return parts[status + 1]!
  const video = url.searchParams.get('v')
  return video ?? `${url.hostname}${url.pathname.replace(/\/$/, '')}${url.search}`.slice(0, 300)
}

function handleIn(platform: string, parts: string[]): string | null {
  const [first = ''] = parts
  if (first.startsWith('@')) return first.slice(1)
  const isKnown = Object.values(hosts).includes(platform)
  if (!isKnown || first === '' || noHandles.has(first) || first.includes('.') || /^wall-?\d/.test(first)) return null
  return first
}
