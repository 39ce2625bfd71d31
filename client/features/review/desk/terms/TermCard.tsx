import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { useFormat } from '#client/ui/format.ts'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { TermDetail } from '#shared/contract/glossary.ts'
import css from './terms.module.css'
import { outcomesQuery, termQuery } from './terms.queries.ts'

type Props = {
  termId: string
  isDisguised: boolean
  /** With what can be pressed. */
  isWhole?: boolean
}

/** What a marked word may mean, and that it decides nothing. */
export function TermCard({ termId, isDisguised, isWhole = false }: Props) {
  const { t } = useTranslation('terms')
  const { data: term, isError } = useQuery(termQuery(termId))
  if (isError) return <p className="sm">{t('failed')}</p>
  if (!term) return <SkeletonText lines={4} />
  return (
    <div className={css.card}>
      <p>
        <bdi className={css.headword} lang={term.language}>
          {term.headword}
        </bdi>{' '}
        <OtherForms term={term} />
      </p>
      <ul className={css.senses}>
        {term.senses.map(({ meaning, isCoded }) => (
          <li key={meaning}>
            <Badge tone={isCoded ? 'note' : 'gone'}>{t(isCoded ? 'coded' : 'harmless')}</Badge>{' '}
            <span dir="auto">{meaning}</span>
          </li>
        ))}
      </ul>
      {isDisguised ? <p className="sm t2">{t('disguised')}</p> : null}
      <Outcomes termId={termId} />
      <Foot term={term} isWhole={isWhole} />
    </div>
  )
}

const mostForms = 6

/** Other ways of writing it, each once. */
function OtherForms({ term }: { term: TermDetail }) {
  const written = new Map(term.forms.map(({ text, language }) => [text.replaceAll('|', ''), language]))
  written.delete(term.headword)
  return [...written].slice(0, mostForms).map(([text, language], index) => (
    <span key={text} className="t3">
      {index > 0 ? ' · ' : ''}
      <bdi lang={language}>{text}</bdi>
    </span>
  ))
}

function Outcomes({ termId }: { termId: string }) {
  const { t } = useTranslation('terms')
  const format = useFormat()
  const { data } = useQuery(outcomesQuery(termId))
  if (!data) return null
  const count = data.violation + data.no_violation + data.exempt
  if (count === 0) return <p className="sm t2">{t('outcomes.none', { looked: format.number(data.looked) })}</p>
  return (
    <p className="sm t2">
      {t('outcomes', {
        count,
        n: format.number(count),
        violation: format.number(data.violation),
        kept: format.number(data.no_violation),
        exempt: format.number(data.exempt),
      })}
    </p>
  )
}

function Foot({ term, isWhole }: { term: TermDetail; isWhole: boolean }) {
  const { t } = useTranslation('terms')
  const { data: people } = useQuery(peopleQuery)
  const name = people?.get(term.writtenById ?? '')?.name
  return (
    <div className={css.foot}>
      <p className="b">{t('rule')}</p>
      {term.sources.map(({ citation, url }) => (
        <p key={citation}>
          {t('source')} <span dir="auto">{citation}</span>
          {isWhole && url ? (
            <span className="row4">
              <CopyId id={url} />
            </span>
          ) : null}
        </p>
      ))}
      <p>
        {name ? t('writtenBy', { name, version: term.version }) : t('written', { version: term.version })}{' '}
        <DateTime at={term.writtenAt} form="date" />
      </p>
      {isWhole ? (
        <Link to="/glossary/$termId" params={{ termId: term.id }}>
          {t('open')}
        </Link>
      ) : null}
    </div>
  )
}
