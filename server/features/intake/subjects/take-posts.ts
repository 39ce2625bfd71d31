import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import { type AccountRow, findAccounts } from './accounts.queries.ts'
import { insertPosts, lockPosts, type PostKey, type PostRow, updatePosts } from './posts.queries.ts'
import { groupByKey, keyText } from './row-key.ts'
import type { TakenAccounts } from './take-accounts.ts'

export type TakenPosts = {
  /** Null for a flag on an account alone. */
  of: (input: FlagInput) => PostRow | null
  isNew: (post: PostRow) => boolean
  /** Whose post it is: the account first named with it, or the flagged account itself. */
  accountOf: (input: FlagInput) => AccountRow
  /** Writes what changed, once the current snapshots are known. */
  save: (currentSnapshots: Map<string, string>) => Promise<void>
}

/** Locks the posts that flags speak of, after their accounts, and adds new ones. */
export async function takePosts(tx: Tx, inputs: FlagInput[], accounts: TakenAccounts): Promise<TakenPosts> {
  const ofPosts = inputs.filter((input) => input.post)
  const groups = groupByKey(ofPosts, postKey)
  const blanks = [...groups.values()].map((group) => blankPost(group[0]!, accounts.of(group[0]!)))
  if (blanks.length > 0) await insertPosts(tx, blanks)
  const rows = blanks.length > 0 ? await lockPosts(tx, blanks) : []
  const newIds = new Set(blanks.map((post) => post.id))
  const posts = new Map<FlagInput, PostRow>()
  const described = rows.map((row) => {
    const group = groups.get(keyText(row)) ?? []
    const post = describe(row, group)
    for (const input of group) posts.set(input, post)
    return post
  })
  const owners = await ownersOf(tx, inputs, rows, accounts)

  const of = (input: FlagInput) => posts.get(input) ?? null
  return {
    of,
    isNew: (post) => newIds.has(post.id),
    accountOf: (input) => owners.get(of(input)?.account_id ?? '') ?? accounts.of(input),
    async save(currentSnapshots) {
      const changed = rows.flatMap((row, index) => {
        const post = described[index]!
        const current = currentSnapshots.get(row.id) ?? row.current_snapshot_id
        const isSame = current === row.current_snapshot_id && post.url === row.url && post.posted_at === row.posted_at
        return isSame ? [] : [{ ...post, current_snapshot_id: current }]
      })
      if (changed.length > 0) await updatePosts(tx, changed)
    },
  }
}

/** Accounts by id: those locked, and those of posts that somebody else named another account with. */
async function ownersOf(tx: Tx, inputs: FlagInput[], posts: PostRow[], accounts: TakenAccounts) {
  const owners = new Map(inputs.map((input) => [accounts.of(input).id, accounts.of(input)]))
  const missing = posts.map((post) => post.account_id).filter((id) => !owners.has(id))
  if (missing.length > 0) {
    for (const account of await findAccounts(tx, missing)) owners.set(account.id, account)
  }
  return owners
}

function postKey({ post }: FlagInput): PostKey {
  return { platform: post!.platform, external_id: post!.externalId }
}

/** Its first snapshot is named before it is taken: that saves writing each new post twice. */
function blankPost(input: FlagInput, account: AccountRow): PostRow {
  const post = input.post!
  return {
    id: newId(),
    ...postKey(input),
    account_id: account.id,
    kind: post.kind,
    url: post.url ?? null,
    posted_at: post.postedAt ? new Date(post.postedAt) : null,
    current_snapshot_id: newId(),
  }
}

/** Fills in what was not known of a post. */
function describe(row: PostRow, inputs: FlagInput[]): PostRow {
  const url = inputs.find((input) => input.post?.url)?.post?.url
  const postedAt = inputs.find((input) => input.post?.postedAt)?.post?.postedAt
  return {
    ...row,
    url: row.url ?? url ?? null,
    posted_at: row.posted_at ?? (postedAt ? new Date(postedAt) : null),
  }
}
