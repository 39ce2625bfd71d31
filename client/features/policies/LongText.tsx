import { Textarea, type TextareaProps } from '@mantine/core'
import css from './policies.module.css'

/** A field that grows with what is written, where the browser can; elsewhere it scrolls. */
export function LongText({ rows = 2, ...props }: TextareaProps) {
  return <Textarea {...props} rows={rows} dir="auto" classNames={{ input: css.grows ?? '' }} />
}
