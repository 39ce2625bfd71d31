import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { useTakeUp } from './reporters.queries.ts'

/** The way back from setting aside. */
export function TakeUp({ reporterId }: { reporterId: string }) {
  const { t } = useTranslation('reporters')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const act = useTakeUp(reporterId)
  const { data: done } = act

  async function takeUp() {
    try {
      await act.mutateAsync({ clientId })
      setClientId(crypto.randomUUID())
      announce(t('takeUp.done'))
    } catch {
      // Worded below; sent again, it goes on where it broke off.
    }
  }
  return (
    <div className="col" style={{ gap: 6 }}>
      {act.isError ? (
        <p className="sm bad" role="alert">
          {t('takeUp.failed')}
        </p>
      ) : null}
      {done && done.left > 0 ? <p className="sm t2">{t('takeUp.left', { count: done.left })}</p> : null}
      <p className="sm t3">{t('takeUp.text')}</p>
      <div>
        <Button loading={act.isPending} onClick={() => void takeUp()}>
          {t('takeUp.act')}
        </Button>
      </div>
    </div>
  )
}
