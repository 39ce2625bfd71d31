import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { ReporterDetail, SetAside } from '#shared/contract/reporters.ts'
import css from './reporters.module.css'
import { setAsidePreviewQuery, useSetAside } from './reporters.queries.ts'
import { TakeUp } from './TakeUp.tsx'

/** First says what it would do, then does it. */
export function SetAsideBox({ reporter }: { reporter: ReporterDetail }) {
  const { id: reporterId, setAside } = reporter
  const { t } = useTranslation('reporters')
  const [isAsking, setAsking] = useState(false)
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const preview = useQuery({ ...setAsidePreviewQuery(reporterId), enabled: isAsking, staleTime: 0 })
  const act = useSetAside(reporterId)
  const { data } = preview

  function ask() {
    setClientId(crypto.randomUUID())
    act.reset()
    setAsking(true)
    if (isAsking) void preview.refetch()
  }
  async function confirm() {
    if (!data) return
    try {
      await act.mutateAsync({ clientId, upTo: data.upTo })
      announce(t('aside.done'))
      setAsking(false)
    } catch {
      // Worded below; sent again, it goes on where it broke off.
    }
  }
  return (
    <Panel title={t('aside.title')}>
      <p className="sm t2">{t('aside.text')}</p>
      {act.data && !isAsking ? (
        <section aria-label={t('aside.done')} role="status">
          <p className="b">{t('aside.done')}</p>
          <Effects of={act.data} />
        </section>
      ) : null}
      {isAsking && preview.isError ? (
        <p className="sm bad" role="alert">
          {t('aside.previewFailed')}
        </p>
      ) : null}
      {isAsking && data ? (
        <section aria-label={t('aside.preview')}>
          <p className="b">{data.flags === 0 ? t('aside.nothing') : t('aside.preview')}</p>
          {data.flags > 0 ? <Effects of={data} /> : null}
        </section>
      ) : null}
      {act.isError ? (
        <p className="sm bad" role="alert">
          {t('aside.failed')}
        </p>
      ) : null}
      <div className="row wrap">
        {isAsking && data && data.flags > 0 ? (
          <>
            <Button variant="filled" loading={act.isPending} onClick={() => void confirm()}>
              {t('aside.confirm', { count: data.flags })}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
          </>
        ) : (
          <Button loading={isAsking && preview.isFetching} onClick={ask}>
            {t('aside.ask')}
          </Button>
        )}
      </div>
      {setAside.value > 0 && !isAsking ? <TakeUp reporterId={reporterId} /> : null}
    </Panel>
  )
}

/** What happens to how many, and what is left alone. */
function Effects({ of }: { of: SetAside }) {
  const { t } = useTranslation('reporters')
  const format = useFormat()
  const lines = [
    ['aside.flags', of.flags],
    ['aside.closed', of.closed],
    ['aside.others', of.flaggedByOthers],
    ['aside.inHand', of.inHand],
    ['aside.critical', of.critical],
  ] as const
  return (
    <dl className={css.effects}>
      {lines.map(([name, value]) => (
        <div key={name} data-none={value === 0 || undefined}>
          <dt>{t(name)}</dt>
          <dd className="num b">{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
