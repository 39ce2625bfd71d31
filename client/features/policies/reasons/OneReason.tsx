import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useWriteReason } from '#client/api/reasons.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { CannedReason } from '#shared/contract/reasons.ts'
import css from './reasons.module.css'

type Props = { reason: CannedReason; onChange: (() => void) | null }

/** One canned reason with its words in each language, and every version it had before. */
export function OneReason({ reason, onChange }: Props) {
  const { t } = useTranslation('reasons')
  const nameOf = useNameOf()
  const [isOpen, setOpen] = useState(false)
  const write = useWriteReason()
  const { id, name, uses, texts, policyId, isWithdrawn, version, earlier, writtenById, writtenAt } = reason

  function turn() {
    const clientId = crypto.randomUUID()
    write.mutate({ clientId, policyId, uses, name, texts, isWithdrawn: !isWithdrawn, supersedesId: id })
  }
  return (
    <div data-withdrawn={isWithdrawn || undefined}>
      <div className="row6 wrap">
        <b className="b">{name}</b>
        <span className="xs t3">{t('version', { n: version })}</span>
        {uses.map((use) => (
          <Badge key={use} tone="gone">
            {t(`use.${use}`)}
          </Badge>
        ))}
        {policyId === null ? <Badge tone="note">{t('allClauses')}</Badge> : null}
        {isWithdrawn ? <Badge tone="warn">{t('withdrawn')}</Badge> : null}
      </div>
      <Words texts={texts} />
      <div className={css.by}>
        <span>
          <bdi>{nameOf(writtenById)}</bdi>, <DateTime at={writtenAt} form="date" />
        </span>
        {earlier.length > 0 ? (
          <button type="button" className={css.textButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('earlier', { count: earlier.length })}
          </button>
        ) : null}
        {onChange ? (
          <>
            <button type="button" className={css.textButton} aria-label={t('change.of', { name })} onClick={onChange}>
              {t('change')}
            </button>
            <button
              type="button"
              className={css.textButton}
              aria-label={t(isWithdrawn ? 'restore.of' : 'withdraw.of', { name })}
              disabled={write.isPending}
              onClick={turn}
            >
              {t(isWithdrawn ? 'restore' : 'withdraw')}
            </button>
          </>
        ) : null}
      </div>
      {write.isError ? (
        <p className="xs bad" role="alert">
          {t('failed.save')}
        </p>
      ) : null}
      {isOpen ? (
        <ol className={css.earlier} aria-label={t('earlierTitle')}>
          {earlier.map((old) => (
            <li key={old.id}>
              <span className="xs t3">
                {t('version', { n: old.version })} {old.name}, <bdi>{nameOf(old.writtenById)}</bdi>,{' '}
                <DateTime at={old.writtenAt} form="date" />
              </span>
              <Words texts={old.texts} />
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  )
}

function Words({ texts }: { texts: Record<string, string> }) {
  return (
    <dl className={css.words}>
      {Object.entries(texts).map(([language, text]) => (
        <div key={language}>
          <dt>
            <LangTag code={language} />
          </dt>
          <dd dir="auto" lang={language}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  )
}
