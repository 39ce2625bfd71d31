import { Button } from '@mantine/core'
import { type Icon, IconLock, IconServerOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import css from './states.module.css'

type StateProps = {
  icon: Icon
  title: string
  children?: ReactNode
  action?: ReactNode
  role?: 'status' | 'alert'
  /** `h1` where the state is all there is on the page. */
  heading?: 'h1' | 'h2'
}

/** Icon, one line, one paragraph, one or two actions. */
function State({ icon: Glyph, title, children, action, role = 'status', heading: Heading = 'h2' }: StateProps) {
  return (
    <div className={css.state} role={role}>
      <div className={css.glyph}>
        <Glyph size={20} stroke={1.6} aria-hidden />
      </div>
      <Heading>{title}</Heading>
      <div className="t2">{children}</div>
      {action ? <div className={css.actions}>{action}</div> : null}
    </div>
  )
}

/** Says what was finished and offers the next useful list. */
export function EmptyState(props: Omit<StateProps, 'role'>) {
  return <State {...props} />
}

type ErrorProps = {
  /** What did not work: “The queue did not load”. */
  title: string
  /** What the server answered; null when it could not be reached. */
  status: number | null
  requestId?: string | undefined
  /** What was kept: “Your claims and drafts are safe.” */
  kept?: ReactNode
  onRetry?: (() => void) | undefined
  action?: ReactNode
  heading?: 'h1' | 'h2'
}

/** What failed, when, the request's number, what was kept and what to do next. */
export function ErrorState({ title, status, requestId, kept, onRetry, action, heading = 'h2' }: ErrorProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const [at] = useState(() => new Date())
  const time = format.date(at, 'seconds')
  const next = (
    <>
      {onRetry ? (
        <Button variant="filled" onClick={onRetry}>
          {t('error.retry')}
        </Button>
      ) : null}
      {action}
    </>
  )
  return (
    <State icon={IconServerOff} title={title} role="alert" heading={heading} action={onRetry || action ? next : null}>
      {status === null ? t('error.unreachable', { time }) : t('error.answered', { status, time })} {kept}{' '}
      {requestId ? <RequestNumber id={requestId} /> : null}
    </State>
  )
}

/** The sentence is the language's; the number stands in it in its own type. */
function RequestNumber({ id }: { id: string }) {
  const { t } = useTranslation('ui')
  const [before, after] = t('error.request', { id: '\n' }).split('\n')
  return (
    <>
      {before}
      <span className="mono">{id}</span>
      {after}
    </>
  )
}

export function NoPermission({ action, heading = 'h2' }: Pick<StateProps, 'action' | 'heading'>) {
  const { t } = useTranslation('ui')
  return (
    <State icon={IconLock} title={t('noPermission.title')} action={action} heading={heading}>
      {t('noPermission.text')}
    </State>
  )
}
