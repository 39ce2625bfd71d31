import { useTranslation } from 'react-i18next'
import type { Policy } from '#shared/contract/policies.ts'
import css from './bulk.module.css'
import type { BulkDraft } from './bulk-draft.ts'

type Props = { draft: BulkDraft; policies: ReadonlyMap<string, Policy> }

/** The decision in words, as each of them gets it. */
export function EachGets({ draft, policies }: Props) {
  const { t } = useTranslation('bulk')
  const { outcome, post, account } = draft
  const nameOf = (id: string | null) => {
    const policy = id ? policies.get(id) : undefined
    return policy && `${policy.code} ${policy.shortName}`
  }
  const isViolation = outcome === 'violation'
  const lines = [
    [t('outcome'), t(`outcome.${outcome}`)],
    [t('clause'), outcome === 'no_violation' ? undefined : nameOf(draft.clauseId)],
    [t('exemption'), outcome === 'exempt' ? nameOf(draft.exemption) : undefined],
    [t('post'), isViolation ? t(`post.${post}`) : undefined],
    [t('account'), isViolation ? t(`account.${account}`) : undefined],
  ]
  return (
    <dl className={css.gets}>
      {lines.map(([name, said]) =>
        said ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
