import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useRaiseThreat } from '#client/api/threats.ts'
import { announce } from '#client/ui/announce.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'

/** One line, and those in charge see it. */
export function RaiseForm({ reviewId, onClose }: { reviewId: ReviewId; onClose: () => void }) {
  const { t } = useTranslation('safety')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [line, setLine] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const raise = useRaiseThreat(reviewId)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!line.trim()) return setProblem(t('threat.missing'))
    raise.mutate(
      { clientId, line: line.trim() },
      {
        onSuccess: () => {
          announce(t('threat.raised'), 'assertive')
          onClose()
        },
      },
    )
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className="b">{t('threat.title')}</span>}
      closeButtonProps={{ 'aria-label': t('threat.cancel') }}
      closeOnClickOutside={false}
    >
      <form className="col" style={{ gap: 12 }} onSubmit={submit} noValidate>
        <p className="sm t2">{t('threat.text')}</p>
        <TextInput
          data-autofocus
          label={t('threat.line')}
          description={t('threat.line.hint')}
          maxLength={500}
          value={line}
          error={problem}
          onChange={(event) => {
            setLine(event.currentTarget.value)
            setProblem(null)
            setClientId(crypto.randomUUID())
          }}
        />
        {raise.error ? (
          <p className="sm bad" role="alert">
            {t(errorCode(raise.error) === 'not_found' ? 'threat.refused' : 'threat.failed')}
          </p>
        ) : null}
        <div className="row6">
          <Button type="submit" variant="filled" loading={raise.isPending}>
            {t('threat.raise')}
          </Button>
          <Button onClick={onClose}>{t('threat.cancel')}</Button>
        </div>
      </form>
    </Modal>
  )
}
