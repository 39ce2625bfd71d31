import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import type { PolicyDraft } from '#shared/contract/policy-drafts.ts'
import { PolicyText } from '../PolicyText.tsx'
import css from '../policies.module.css'

const tones = { draft: 'note', asked: 'warn', published: 'ok', discarded: 'gone' } as const

export function DraftHead({ draft, label }: { draft: PolicyDraft; label: string }) {
  const { t } = useTranslation('drafts')
  const { code, state, basedOn, version, policyId, isNew } = draft
  return (
    <div className="row wrap">
      <span className="num t3 b">{code}</span>
      <h1 dir="auto">{label || t('title.new', { code })}</h1>
      <Badge tone={tones[state]}>{t(`state.${state}`, { version: version ?? basedOn + 1 })}</Badge>
      {isNew && state !== 'published' ? null : (
        <span className="push">
          <ButtonLink to="/policies/$policyId" params={{ policyId }}>
            {t('back')}
          </ButtonLink>
        </span>
      )}
    </div>
  )
}

/** What a draft says, and what became of the words before. */
export function DraftReading({ draft }: { draft: PolicyDraft }) {
  const { content, kind, base, change, basedOn } = draft
  const { t } = useTranslation('drafts')
  return (
    <article className={css.prose} aria-label={content.label || draft.code}>
      <DraftHead draft={draft} label={content.label} />
      {change ? <p className="b">{change}</p> : null}
      {base ? <p className="xs t3">{t('based.on', { version: basedOn })}</p> : null}
      <PolicyText kind={kind} now={content} before={base} />
    </article>
  )
}
