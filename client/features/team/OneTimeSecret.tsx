import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { announce } from '#client/ui/announce.tsx'
import css from './people/people.module.css'

type Props = {
  label: string
  /** Shown once. */
  secret: string
  copy: string
  copied: string
  done: string
  onDone: () => void
  children: ReactNode
}

/** A link or a key that is shown once, to be copied and sent. */
export function OneTimeSecret({ label, secret, copy, copied, done, onDone, children }: Props) {
  const [isCopied, setCopied] = useState(false)
  async function take() {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
    announce(copied)
  }
  return (
    <div className={css.form}>
      <p className="sm t2">{children}</p>
      <TextInput
        label={label}
        value={secret}
        readOnly
        classNames={{ input: css.secret }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row6">
        <Button
          variant="filled"
          data-autofocus
          leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => void take()}
        >
          {isCopied ? copied : copy}
        </Button>
        <Button onClick={onDone}>{done}</Button>
      </div>
    </div>
  )
}
