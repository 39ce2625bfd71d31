import { type RawBuilder, sql } from 'kysely'
import type { ExportKind } from '#shared/contract/exports.ts'
import type { ByteKind as ColumnKind } from '../formats/csv-bytes.ts'

/** A column of an export: its name in the first line, how its bytes are treated, and where it comes from. */
export type ExportColumn = { name: string; kind: ColumnKind; value: RawBuilder<unknown> }

const column = (kind: ColumnKind) => (name: string, value: RawBuilder<unknown>) => ({ name, kind, value })
const [text, link, time, plain] = [column('text'), column('link'), column('time'), column('plain')]

/** Of child abuse material nothing that leads to it leaves the house; to those who may see it, that there was a decision. */
const unlessRestricted = (value: RawBuilder<unknown>) => sql`case when not restriction.applies then ${value} end`

/** `post remove`, `account block until 2026-07-01T00:00:00Z` */
const measureOf = (name: 'on_post' | 'on_account') => {
  const part = (column: string) => sql.ref(`${name}.${column}`)
  return sql`${part('target')} || ' ' || ${part('kind')} || coalesce(' ' || ${part('restriction')}, '') ||
    coalesce(' until ' || to_char(${part('ends_at')}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')`
}
const measures = sql`concat_ws('; ', ${measureOf('on_post')}, ${measureOf('on_account')})`

/** The names in the first line are read by programs of others: they are added to, never changed. */
export const exportColumns: Record<ExportKind, ExportColumn[]> = {
  reviews: [
    text('review', sql`'DKT-' || review.number`),
    text('review id', sql`review.id`),
    text('state', sql`review.state`),
    text('queue', sql`review.queue_id`),
    text('subject', sql`case when review.post_id is null then 'account' else 'post' end`),
    link('post link', unlessRestricted(sql`post.url`)),
    text('post id at platform', unlessRestricted(sql`post.external_id`)),
    text('platform', sql`review.platform`),
    text('account', unlessRestricted(sql`review.handle`)),
    text('account id at platform', unlessRestricted(sql`account.external_id`)),
    text('account status', sql`review.account_status`),
    text('language', sql`review.language`),
    text('caption, beginning', unlessRestricted(sql`review.caption_excerpt`)),
    text('suspected clause', sql`policy.code`),
    text('suspected clause id', sql`review.policy_id`),
    plain('flags', sql`review.flag_count`),
    text('sources', sql`array_to_string(review.sources, '; ')`),
    plain('media', sql`review.media_count`),
    plain('priority', sql`review.priority`),
    time('opened (UTC)', sql`review.opened_at`),
    time('due (UTC)', sql`review.due_at`),
    text('held by', sql`holder.name`),
    text('outcome', sql`review.outcome`),
    time('decided (UTC)', sql`review.decided_at`),
    text('decided by', sql`decider.name`),
    text('decision id', sql`review.decision_id`),
    plain('restricted', sql`case when restriction.applies then 'true' else 'false' end`),
  ],
  decisions: [
    text('decision id', sql`decision.id`),
    text('review', sql`'DKT-' || review.number`),
    text('review id', sql`review.id`),
    link('post link', unlessRestricted(sql`post.url`)),
    text('post id at platform', unlessRestricted(sql`post.external_id`)),
    text('platform', sql`review.platform`),
    text('account', unlessRestricted(sql`review.handle`)),
    text('account id at platform', unlessRestricted(sql`account.external_id`)),
    text('account status then', sql`decision.account_status`),
    text('language', sql`review.language`),
    text('outcome', sql`decision.outcome`),
    text('clause', sql`policy.code`),
    text('clause id', sql`decision.policy_id`),
    plain('clause version', sql`decision.policy_version`),
    text(
      'further clauses',
      sql`case when decision.further_clauses <> '[]' then (
        select string_agg(further.code || ' ' || further.id || ' v' || (each.clause ->> 'version'), '; ' order by each.place)
        from jsonb_array_elements(decision.further_clauses) with ordinality as each (clause, place)
        join policy further on further.id = each.clause ->> 'id') end`,
    ),
    text('exemption', sql`decision.exemption`),
    text('measures', measures),
    text('territory', sql`array_to_string(decision.territory, '; ')`),
    text('reviewer', sql`decider.name`),
    text('reviewer id', sql`decision.decided_by`),
    text('rationale', sql`decision.rationale`),
    text(
      'translations seen',
      sql`case when decision.translations <> '[]' then (
        select string_agg(distinct (seen ->> 'language') || ' by ' || (seen ->> 'translator')
          || case when (seen ->> 'isMachine')::boolean then ' (machine)' else '' end, '; ')
        from jsonb_array_elements(decision.translations) as seen) end`,
    ),
    time('first flagged (UTC)', sql`first_flag.at`),
    time('opened (UTC)', sql`review.opened_at`),
    time('decided (UTC)', sql`decision.decided_at`),
    text('delivery', sql`outbox.state`),
    text('superseded by', sql`later.id`),
    plain('restricted', sql`case when restriction.applies then 'true' else 'false' end`),
  ],
}
