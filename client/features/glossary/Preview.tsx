import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Marked } from '#client/ui/Caption.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Delayed, SkeletonText } from '#client/ui/waiting.tsx'
import { type MarkedCaption, TermForm } from '#shared/contract/glossary.ts'
import css from './glossary.module.css'
import { previewQuery } from './glossary.queries.ts'

/** Long enough that a word is typed before it is looked for. */
const restMs = 350

/** Real captions that the forms would mark, while they are written. */
export function Preview({ forms }: { forms: readonly TermForm[] }) {
  const { t } = useTranslation('glossary')
  // What is half written is left out.
  const whole = useMemo(
    () =>
      forms.flatMap((form) => {
        const parsed = TermForm.safeParse(form)
        return parsed.success ? [parsed.data] : []
      }),
    [forms],
  )
  const [asked] = useDebouncedValue(whole, restMs)
  const { data, isError, refetch, isPlaceholderData } = useQuery(previewQuery(asked))
  return (
    <aside className={css.preview} aria-label={t('preview.title')} aria-busy={isPlaceholderData}>
      <h2>{t('preview.title')}</h2>
      <p className="xs t3">{t('preview.help')}</p>
      {asked.length === 0 ? (
        <p className="sm t2">{t('preview.waiting')}</p>
      ) : isError ? (
        <div role="alert">
          <p className="sm bad">{t('preview.failed')}</p>
          <Button onClick={() => void refetch()}>{t('preview.again')}</Button>
        </div>
      ) : data ? (
        <Found {...data} />
      ) : (
        <Delayed>
          <SkeletonText lines={6} />
        </Delayed>
      )}
    </aside>
  )
}

type FoundProps = { looked: number; marked: number; disguised: number; items: readonly MarkedCaption[] }

function Found({ looked, marked, disguised, items }: FoundProps) {
  const { t } = useTranslation('glossary')
  const format = useFormat()
  return (
    <>
      <div role="status">
        {marked === 0 ? (
          <p className="sm">{t('preview.none', { looked: format.number(looked) })}</p>
        ) : (
          <p>
            <b className="b">
              {t('preview.count', { count: marked, n: format.number(marked), looked: format.number(looked) })}
            </b>{' '}
            <span className="sm t2">
              {disguised > 0 ? t('preview.disguised', { count: disguised, n: format.number(disguised) }) : null}
            </span>
          </p>
        )}
      </div>
      <ul className={css.found}>
        {items.map(({ reviewId, reference, language, excerpt, marks }) => (
          <li key={reviewId}>
            <p dir="auto" lang={language ?? undefined} className={css.excerpt}>
              <Marked text={excerpt} marks={marks} />
            </p>
            <Link to="/reviews/$reviewId" params={{ reviewId }} className="xs">
              {reference}
            </Link>
          </li>
        ))}
      </ul>
      {marked > items.length ? <p className="xs t3">{t('preview.shown', { n: format.number(items.length) })}</p> : null}
    </>
  )
}
