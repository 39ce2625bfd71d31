import type { ComponentProps } from 'react'
import css from './desk.module.css'

/** A small action in the run of the text. */
export function TextButton({ className = '', ...props }: ComponentProps<'button'>) {
  return <button type="button" className={`${css.textButton} ${className}`} {...props} />
}
