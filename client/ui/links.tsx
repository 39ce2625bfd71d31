import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import css from './links.module.css'

type Anchor = ComponentProps<'a'>

/** A figure that opens the rows it was counted from. Takes the router's `to`, `params` and `search`. */
export const Drill = createLink(({ className = '', ...anchor }: Anchor) => (
  <a className={`${css.drill} ${className}`} {...anchor} />
))

/** A button that is a link: opens in a new tab, can be copied. Takes the router's `to`, `params` and `search`. */
export const ButtonLink = createLink((props: ButtonProps & Omit<Anchor, keyof ButtonProps>) => (
  <Button component="a" {...props} />
))
