import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery, policiesQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { useFormat } from '#client/ui/format.ts'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { Sense, TermDetail, TermForm, TermVersion } from '#shared/contract/glossary.ts'
import { scriptOf } from '#shared/domain/glossary/endings.ts'
import css from './glossary.module.css'
import { outcomesQuery, useRetireTerm } from './glossary.queries.ts'

type Props = { term: TermDetail; onEdit: (() => void) | null }

export function TermArticle({ term, onEdit }: Props) {
  const { t } = useTranslation('glossary')
  const { data: policies } = useQuery(policiesQuery)
  const clause = term.clause ? policies?.get(term.clause) : undefined
  return (
    <article className={css.article}>
      <header className="row wrap">
        <h1>
          <bdi lang={term.language}>{term.headword}</bdi>
        </h1>
        <LangTag code={term.language} />
        {term.isRetired ? <Badge tone="gone">{t('retired')}</Badge> : null}
        {onEdit ? <Acts term={term} onEdit={onEdit} /> : null}
      </header>
      <p className="sm t2">
        {t('rule')} {clause ? `${t('clause')} ${clause.code} ${clause.shortName}.` : null}
      </p>
      <Part title={t('senses')}>
        <Senses senses={term.senses} />
      </Part>
      <Part title={t('forms')}>
        <Forms forms={term.forms} />
      </Part>
      <Outcomes termId={term.id} />
      <Part title={t('sources')}>
        <Sources sources={term.sources} />
      </Part>
      <Part title={t('versions')}>
        <Versions term={term} />
      </Part>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Acts({ term, onEdit }: { term: TermDetail; onEdit: () => void }) {
  const { t } = useTranslation('glossary')
  const retire = useRetireTerm()
  const { id: termId, version, isRetired } = term
  return (
    <span className="row6 push">
      {retire.isError ? (
        <span className="sm bad" role="alert">
          {t('retire.failed')}
        </span>
      ) : null}
      <Button onClick={onEdit}>{t('edit')}</Button>
      <Button
        loading={retire.isPending}
        onClick={() => retire.mutate({ termId, version, isRetired: !isRetired, clientId: crypto.randomUUID() })}
      >
        {t(isRetired ? 'restore' : 'retire')}
      </Button>
    </span>
  )
}

function Senses({ senses }: { senses: readonly Sense[] }) {
  const { t } = useTranslation('glossary')
  return (
    <ul className={css.senses}>
      {senses.map(({ meaning, isCoded, examples }) => (
        <li key={meaning}>
          <Badge tone={isCoded ? 'note' : 'gone'}>{t(isCoded ? 'coded' : 'harmless')}</Badge>
          <div>
            <p dir="auto">{meaning}</p>
            {examples.map((example) => (
              <p key={example} className="sm t2" dir="auto">
                {example}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

const ownScript: Record<string, string> = { ru: 'cyrillic', kk: 'cyrillic', uk: 'cyrillic', ar: 'arabic', fa: 'arabic' }

function Forms({ forms }: { forms: readonly TermForm[] }) {
  const { t } = useTranslation('glossary')
  const isOwn = ({ text, language }: TermForm) => scriptOf(text) === (ownScript[language.split('-')[0]!] ?? 'latin')
  return (
    <table className={css.forms}>
      <thead>
        <tr>
          <th scope="col">{t('forms.text')}</th>
          <th scope="col">{t('forms.language')}</th>
          <th scope="col">{t('forms.script')}</th>
          <th scope="col">{t('forms.endings')}</th>
        </tr>
      </thead>
      <tbody>
        {forms.map((form) => (
          <tr key={`${form.language} ${form.text} ${form.endings}`}>
            <td>
              <bdi className="b" lang={form.language}>
                {form.text}
              </bdi>
            </td>
            <td>
              <LangTag code={form.language} />
            </td>
            <td>{t(isOwn(form) ? 'script.own' : 'script.other')}</td>
            <td>{t(`endings.${form.endings}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcomes({ termId }: { termId: string }) {
  const { t } = useTranslation('glossary')
  const format = useFormat()
  const { data } = useQuery(outcomesQuery(termId))
  if (!data) return null
  const { looked, violation, no_violation, exempt } = data
  const sum = violation + no_violation + exempt
  return (
    <Part title={t('outcomes')}>
      <p className="sm t2">{t('outcomes.text', { looked: format.number(looked), n: format.number(sum) })}</p>
      {sum > 0 ? (
        <dl className={css.outcomes}>
          {(['violation', 'no_violation', 'exempt'] as const).map((outcome) => (
            <div key={outcome} className="row6">
              <dt className="t2">{t(`outcomes.${outcome}`)}</dt>
              <dd className="num b">{format.number(data[outcome])}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Part>
  )
}

function Sources({ sources }: Pick<TermVersion, 'sources'>) {
  const { t } = useTranslation('glossary')
  if (sources.length === 0) return <p className="sm t2">{t('sources.none')}</p>
  return (
    <ul className={css.sources}>
      {sources.map(({ citation, url }) => (
        <li key={citation}>
          <span dir="auto">{citation}</span> {url ? <CopyId id={url} /> : null}
        </li>
      ))}
    </ul>
  )
}

/** Newest first; what an earlier one said is under it. */
function Versions({ term }: { term: TermDetail }) {
  const { t } = useTranslation('glossary')
  const { data: people } = useQuery(peopleQuery)
  return (
    <ol className={css.versions}>
      {[term, ...term.earlier].map((each, index) => {
        const name = people?.get(each.writtenById ?? '')?.name
        return (
          <li key={each.version}>
            <span className="sm">
              {name
                ? t('versions.by', { version: each.version, name })
                : t('versions.plain', { version: each.version })}
              , <DateTime at={each.writtenAt} />
              {each.isRetired ? ` · ${t('retired')}` : ''}
            </span>
            {each.change ? (
              <p className="sm t2" dir="auto">
                {each.change}
              </p>
            ) : null}
            {index > 0 ? (
              <details>
                <summary className="xs">{t('versions.before')}</summary>
                <Senses senses={each.senses} />
                <Forms forms={each.forms} />
                <Sources sources={each.sources} />
              </details>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
