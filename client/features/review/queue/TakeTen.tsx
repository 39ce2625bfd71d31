import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { listOf, type QueueSearch } from '../queue.search.ts'

/** Takes the first ten of the list onto the desk, to be worked through one after the other. */
export function TakeTen({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const mayDecide = useMay('review.decide') && (search.tab ?? 'waiting') === 'waiting'

  async function take() {
    const { startTen } = await import('../flow/ahead.ts')
    startTen()
    await navigate({ to: '/reviews/$reviewId', params: { reviewId: 'next' }, search: listOf(search) })
  }
  useKeys(mayDecide ? { takeTen: () => void take() } : {})
  if (!mayDecide) return null
  return (
    <Button className="hideS" variant="subtle" onClick={() => void take()} rightSection={<KeyCap action="takeTen" />}>
      {t('ten.take')}
    </Button>
  )
}
