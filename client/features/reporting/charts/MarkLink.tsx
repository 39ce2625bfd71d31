import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

/** A link inside a drawing. Takes the router's `to` and `search`. */
export const MarkLink = createLink((props: ComponentProps<'a'>) => <a {...props} />)
