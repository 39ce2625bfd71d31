/** What a column of a file may say of a flag, in the order in which people look for it. */
export const importFields = [
  'post.caption',
  'post.externalId',
  'post.platform',
  'post.url',
  'post.postedAt',
  'post.language',
  'post.claimedPlace',
  'post.reach',
  'post.kind',
  'post.media',
  'account.externalId',
  'account.handle',
  'account.displayName',
  'account.platform',
  'account.url',
  'account.kind',
  'account.status',
  'account.statusSince',
  'account.statusCause',
  'account.createdAt',
  'reason.code',
  'reason.policy',
  'reason.text',
  'reason.score',
  'flaggedAt',
  'reporter.externalId',
  'reporter.name',
  'source.externalId',
  'source.kind',
  'source.name',
] as const
export type ImportField = (typeof importFields)[number]

/** Which column says what, by its header. A column may say several things. */
export type ImportMapping = Partial<Record<ImportField, string>>
/** What every flag of the file says where no column does. */
export type ImportConstants = Partial<Record<ImportField, string>>

/** Columns that refused rows come back with; they say nothing of a flag. */
export const rejectColumns = { line: 'docket_line', reason: 'docket_reason' } as const

/** Headers as files have them, folded: words of other programs for the same thing. */
const synonyms: Record<ImportField, string[]> = {
  'post.caption': ['caption', 'text', 'content', 'body', 'message', 'post', 'tweet', 'comment', 'post text', 'текст'],
  'post.externalId': ['post id', 'item id', 'message id', 'tweet id', 'content id', 'id'],
  'post.platform': ['platform', 'network', 'site', 'service'],
  'post.url': ['post url', 'url', 'link', 'permalink', 'ссылка'],
  'post.postedAt': [
    'posted at',
    'created at',
    'published at',
    'posted',
    'published',
    'date',
    'time',
    'timestamp',
    'дата',
  ],
  'post.language': ['language', 'lang', 'locale', 'язык'],
  'post.claimedPlace': ['claimed place', 'place', 'location', 'geo', 'city'],
  'post.reach': ['reach', 'views', 'impressions', 'view count'],
  'post.kind': ['post kind', 'kind', 'post type', 'type', 'content type'],
  'post.media': ['media', 'media urls', 'images', 'image', 'image url', 'attachments', 'photos'],
  'account.externalId': ['account id', 'author id', 'user id', 'profile id'],
  'account.handle': [
    'handle',
    'author handle',
    'username',
    'user name',
    'screen name',
    'author',
    'account',
    'user',
    'автор',
  ],
  'account.displayName': ['display name', 'author name', 'full name', 'name'],
  'account.platform': ['account platform'],
  'account.url': ['account url', 'profile url', 'author url'],
  'account.kind': ['account kind', 'account type'],
  'account.status': ['account status', 'status'],
  'account.statusSince': ['account status since', 'status since'],
  'account.statusCause': ['account status cause', 'status cause'],
  'account.createdAt': ['account created at', 'account created', 'author created at', 'joined'],
  'reason.code': ['reason', 'reason code', 'category', 'label', 'violation', 'причина'],
  'reason.policy': ['policy', 'clause', 'policy id', 'rule'],
  'reason.text': ['reason text', 'explanation', 'report text', 'reporter comment', 'note'],
  'reason.score': ['score', 'confidence', 'probability'],
  flaggedAt: ['flagged at', 'reported at', 'report date', 'flag date', 'reported'],
  'reporter.externalId': ['reporter', 'reporter id', 'reported by'],
  'reporter.name': ['reporter name', 'notifier'],
  'source.externalId': ['flag id', 'report id', 'external id', 'case id', 'ticket'],
  'source.kind': ['source kind', 'source type'],
  'source.name': ['source', 'source name'],
}

/**
 * Proposes what the columns of a file say. Every header says at most one thing, by the field's own name first and then by
 * the word that stands first in the list of its synonyms.
 */
export function proposeMapping(headers: readonly string[]): ImportMapping {
  const free = new Map(headers.map((header) => [foldHeader(header), header]))
  for (const column of Object.values(rejectColumns)) free.delete(foldHeader(column))
  const mapping: ImportMapping = {}
  const take = (field: ImportField, word: string) => {
    const header = free.get(foldHeader(word))
    if (header === undefined || mapping[field]) return
    mapping[field] = header
    free.delete(foldHeader(word))
  }
  for (const field of importFields) take(field, field)
  const longest = Math.max(...Object.values(synonyms).map((words) => words.length))
  for (let rank = 0; rank < longest; rank += 1) {
    for (const field of importFields) {
      const word = synonyms[field][rank]
      if (word) take(field, word)
    }
  }
  return mapping
}

/** `Posted_At`, `posted at` and `postedAt` are one header. */
function foldHeader(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s._\-:/]+/g, ' ')
    .trim()
}

/** What a file must say before any flag can be made of it; each is said by one of the fields. */
export const neededFields: readonly (readonly ImportField[])[] = [
  ['source.name'],
  ['post.platform', 'account.platform'],
  ['account.externalId', 'account.handle'],
  ['post.caption', 'post.externalId', 'post.url', 'post.media', 'account.externalId', 'account.handle'],
]

/** Groups of fields of which nothing is said, neither by a column nor for the whole file. */
export function missingFields(mapping: ImportMapping, constants: ImportConstants): (readonly ImportField[])[] {
  return neededFields.filter((group) => !group.some((field) => mapping[field] || constants[field]))
}
