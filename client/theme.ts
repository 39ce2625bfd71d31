import {
  type ActionIconProps,
  type AvatarProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  defaultVariantColorsResolver,
  type HoverCardProps,
  type InputWrapperProps,
  type MantineColorsTuple,
  type MantineThemeComponent,
  type MenuProps,
  type ModalProps,
  type PasswordInputProps,
  type PopoverProps,
  type RadioProps,
  type SegmentedControlProps,
  type SelectProps,
  type SkeletonProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core'
import type { CSSProperties } from 'react'

/**
 * Every colour in Docket comes from `tokens`. Components read CSS variables (`var(--dk-…)`), never a literal.
 * Petrol is the only interactive colour. Red, amber, green, violet and grey are reserved for states and outcomes.
 */
type Pair = readonly [light: string, dark: string]

export const tokens = {
  // Surfaces, from furthest back to nearest.
  bg: ['#f4f5f6', '#0d0f12'],
  surface: ['#ffffff', '#14171b'],
  raised: ['#ffffff', '#1a1e23'],
  sunken: ['#eceef0', '#090b0d'],
  hover: ['#f3f5f6', '#1b1f25'],
  selected: ['#e6f2f4', '#12262b'],
  // Lines. `line` separates, `line-strong` outlines controls (3:1 against surface on hover and focus).
  line: ['#e2e5e8', '#242930'],
  'line-strong': ['#c6ccd2', '#39414a'],
  // Text. All three reach 4.5:1 on bg, surface and hover.
  text: ['#15191e', '#e8ebee'],
  'text-2': ['#48525d', '#aab3bd'],
  'text-3': ['#616b76', '#8a949f'],
  // Interaction.
  accent: ['#0c6075', '#52b9cb'],
  'accent-fill': ['#0c6075', '#4bb0c2'],
  'on-accent': ['#ffffff', '#04161b'],
  'accent-soft': ['#d9edf1', '#11313a'],
  'accent-line': ['#9fcbd5', '#1f5563'],
  focus: ['#0c6075', '#7fd3e2'],
  // Media backdrop stays dark in both schemes so that a photograph never sits on white.
  stage: ['#1b1f24', '#07090b'],
  'stage-text': ['#f0f2f4', '#e8ebee'],
  // States and outcomes: foreground, soft background, border, solid (charts, pips).
  'ok-fg': ['#14653a', '#74d29a'],
  'ok-bg': ['#e6f4ea', '#10271a'],
  'ok-line': ['#b9dfc7', '#1f4a31'],
  'ok-solid': ['#2f9160', '#3f9f6d'],
  'warn-fg': ['#805000', '#e8b658'],
  'warn-bg': ['#fcf2dd', '#2a2010'],
  'warn-line': ['#eed49a', '#54401b'],
  'warn-solid': ['#c98716', '#d09a34'],
  'bad-fg': ['#ab1f2a', '#ff938d'],
  'bad-bg': ['#fcebeb', '#311719'],
  'bad-line': ['#f0c1c3', '#5f292d'],
  'bad-solid': ['#c8434a', '#d95a5c'],
  'note-fg': ['#5a3eb0', '#bcaaf6'],
  'note-bg': ['#efebfa', '#211b35'],
  'note-line': ['#d3c8f0', '#403467'],
  'note-solid': ['#7c63c9', '#8f78dc'],
  'gone-fg': ['#48525d', '#b4bdc7'],
  'gone-bg': ['#eceef0', '#20252b'],
  'gone-line': ['#c6ccd2', '#414a54'],
  'gone-solid': ['#87919c', '#6b7580'],
} as const satisfies Record<string, Pair>

/**
 * What is another colour in high contrast: text reaches 7:1 on whatever it stands on, lines and marks 3:1. Soft grounds
 * stay, so that tones are told apart as before.
 */
export const highContrast = {
  bg: ['#ffffff', '#000000'],
  surface: ['#ffffff', '#000000'],
  raised: ['#ffffff', '#0a0c0e'],
  sunken: ['#f1f2f3', '#000000'],
  hover: ['#e9eef0', '#1b1f25'],
  selected: ['#d4e9ee', '#0c2930'],
  line: ['#727c86', '#78828c'],
  'line-strong': ['#2b3138', '#c3cad1'],
  text: ['#000000', '#ffffff'],
  'text-2': ['#1a2026', '#e9edf0'],
  'text-3': ['#2c343c', '#d2d9df'],
  accent: ['#00394a', '#8fe3f2'],
  'accent-fill': ['#00394a', '#8fe3f2'],
  'on-accent': ['#ffffff', '#00161b'],
  'accent-line': ['#0c6075', '#52b9cb'],
  focus: ['#00394a', '#ffffff'],
  stage: ['#000000', '#000000'],
  'stage-text': ['#ffffff', '#ffffff'],
  'ok-fg': ['#043a1e', '#a8f0c3'],
  'ok-line': ['#14653a', '#74d29a'],
  'ok-solid': ['#14653a', '#74d29a'],
  'warn-fg': ['#472a00', '#ffdb94'],
  'warn-line': ['#805000', '#e8b658'],
  'warn-solid': ['#805000', '#e8b658'],
  'bad-fg': ['#74060f', '#ffc9c5'],
  'bad-line': ['#ab1f2a', '#ff938d'],
  'bad-solid': ['#ab1f2a', '#ff938d'],
  'note-fg': ['#341c82', '#dcd2ff'],
  'note-line': ['#5a3eb0', '#bcaaf6'],
  'note-solid': ['#5a3eb0', '#bcaaf6'],
  'gone-fg': ['#252c34', '#d8dfe5'],
  'gone-line': ['#48525d', '#b4bdc7'],
  'gone-solid': ['#48525d', '#b4bdc7'],
} as const satisfies Partial<Record<keyof typeof tokens, Pair>>

/** Account status → tone. The badge always carries icon and word as well. */
export const statusTone = {
  active: 'ok',
  limited: 'warn',
  blocked: 'bad',
  deleted: 'gone',
  unknown: 'gone',
  new: 'note',
} as const
/** What a decision did to the post → tone. */
export const outcomeTone = { keep: 'ok', label: 'note', restrict: 'warn', remove: 'bad', exempt: 'accent' } as const

export const layout = {
  rail: 200,
  railSlim: 52,
  topbar: 44,
  itembar: 40,
  next: 52,
  legend: 26,
  aside: 372,
  peek: 320,
  row: 46,
  control: 28,
  tap: 44,
} as const

const petrol: MantineColorsTuple = [
  '#eaf5f7',
  '#d9edf1',
  '#9fcbd5',
  '#71bac8',
  '#52b9cb',
  '#2489a0',
  '#12738a',
  '#0c6075',
  '#0a4e60',
  '#083c4a',
]
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f3f5f6',
  '#eceef0',
  '#e2e5e8',
  '#c6ccd2',
  '#a5adb6',
  '#87919c',
  '#616b76',
  '#48525d',
  '#15191e',
]
const dark: MantineColorsTuple = [
  '#e8ebee',
  '#cfd5db',
  '#8a949f',
  '#5c6670',
  '#2c323a',
  '#1f242a',
  '#1a1e23',
  '#14171b',
  '#0d0f12',
  '#090b0d',
]

export const resolver: CSSVariablesResolver = () => {
  const side = (i: 0 | 1) => Object.fromEntries(Object.entries(tokens).map(([k, v]) => [`--dk-${k}`, v[i]]))
  const bridge = {
    '--mantine-color-body': 'var(--dk-surface)',
    '--mantine-color-text': 'var(--dk-text)',
    '--mantine-color-dimmed': 'var(--dk-text-3)',
    '--mantine-color-default-border': 'var(--dk-line)',
    '--mantine-color-placeholder': 'var(--dk-text-3)',
    '--mantine-color-anchor': 'var(--dk-accent)',
    '--mantine-color-default': 'var(--dk-raised)',
    '--mantine-color-default-hover': 'var(--dk-hover)',
    '--mantine-color-error': 'var(--dk-bad-fg)',
  }
  return {
    variables: Object.fromEntries(Object.entries(layout).map(([k, v]) => [`--dk-size-${k}`, `${v}px`])),
    light: {
      ...side(0),
      ...bridge,
      '--dk-shadow': '0 1px 2px #15191e0d, 0 8px 24px #15191e1f',
      'color-scheme': 'light',
    },
    dark: {
      ...side(1),
      ...bridge,
      '--dk-shadow': '0 0 0 1px #ffffff0d, 0 12px 32px #000000b3',
      'color-scheme': 'dark',
    },
  }
}

const field = { size: 'xs', radius: 'sm' } as const
/** What is typed has the direction of its own first letter; `dir` on the component itself would turn its icons. */
const typed = { ...field, attributes: { input: { dir: 'auto' } } } as const
// Gone at once when it closes: a field on its way out would still take the keys meant for the list.
const floating = { shadow: 'md', radius: 'md', transitionProps: { duration: 90, exitDuration: 0 } } as const

/** The kit's own way puts an element into the menu that is no menu item, which screen readers may not meet there. */
const firstItemFocused = { withInitialFocusPlaceholder: false, menuItemTabIndex: 0 } as const

/** The page itself never scrolls, so nothing has to hold it still (that would take a style element). */
const overlaid = {
  overlayProps: { backgroundOpacity: 0.45 },
  transitionProps: { duration: 110 },
  lockScroll: false,
  // A dialog's header is not the page's.
  attributes: { header: { role: 'presentation' } },
} as const

type Part<Props> = {
  defaultProps?: Partial<Props>
  vars?: () => Record<string, Record<string, string>>
  styles?: Record<string, CSSProperties>
}

/** Settings of one component, without importing it: what a screen does not use is not loaded for it. */
function part<Props>(settings: Part<Props>): MantineThemeComponent {
  return settings
}

export const theme = createTheme({
  colors: { petrol, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  // Filled petrol needs dark text on dark and white on light, so it is resolved from tokens, not computed.
  variantColorResolver: (input) =>
    input.variant === 'filled' && (!input.color || input.color === 'petrol')
      ? {
          background: 'var(--dk-accent-fill)',
          hover: 'color-mix(in oklab, var(--dk-accent-fill) 88%, var(--dk-text))',
          color: 'var(--dk-on-accent)',
          border: 'none',
        }
      : defaultVariantColorsResolver(input),
  black: '#0d1115',
  fontFamily: "'Inter Variable', 'Noto Sans Arabic Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '0.6875rem', sm: '0.75rem', md: '0.8125rem', lg: '0.875rem', xl: '1rem' },
  lineHeights: { xs: '1.3', sm: '1.35', md: '1.45', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.5rem' },
      h2: { fontSize: '0.875rem', lineHeight: '1.25rem' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.25rem' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: 'var(--dk-shadow)',
    md: 'var(--dk-shadow)',
    lg: 'var(--dk-shadow)',
    xl: 'var(--dk-shadow)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: part<ButtonProps>({
      defaultProps: { size: 'xs', variant: 'default' },
      vars: () => ({
        root: { '--button-height': '1.75rem', '--button-padding-x': '0.625rem', '--button-fz': '0.75rem' },
      }),
      styles: { root: { fontWeight: 550 }, section: { marginInlineEnd: 6 } },
    }),
    ActionIcon: part<ActionIconProps>({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Avatar: part<AvatarProps>({ defaultProps: { size: 22, radius: 'xl', color: 'gray' } }),
    InputWrapper: part<InputWrapperProps>({
      styles: { description: { fontSize: '0.6875rem' }, error: { fontSize: '0.6875rem' } },
    }),
    TextInput: part<TextInputProps>({ defaultProps: typed }),
    PasswordInput: part<PasswordInputProps>({ defaultProps: field }),
    Select: part<SelectProps>({ defaultProps: { ...field, allowDeselect: false } }),
    Textarea: part<TextareaProps>({ defaultProps: typed }),
    Checkbox: part<CheckboxProps>({ defaultProps: { size: 'xs', radius: 'xs' } }),
    Radio: part<RadioProps>({ defaultProps: { size: 'xs' } }),
    SegmentedControl: part<SegmentedControlProps>({
      defaultProps: { size: 'xs', radius: 'sm', withItemsBorders: false },
      styles: {
        root: { background: 'var(--dk-sunken)', padding: 2 },
        label: { padding: '3px 9px', fontSize: '0.75rem' },
      },
    }),
    Tooltip: part<TooltipProps>({ defaultProps: { openDelay: 250, fz: 'xs', px: 8, py: 4, radius: 'sm' } }),
    Menu: part<MenuProps>({ defaultProps: { ...floating, ...firstItemFocused } }),
    Popover: part<PopoverProps>({ defaultProps: floating }),
    HoverCard: part<HoverCardProps>({ defaultProps: { ...floating, openDelay: 150, closeDelay: 60 } }),
    Skeleton: part<SkeletonProps>({ defaultProps: { radius: 3 }, styles: { root: { opacity: 0.7 } } }),
    Modal: part<ModalProps>({ defaultProps: { radius: 'md', ...overlaid } }),
    Drawer: part<DrawerProps>({ defaultProps: overlaid }),
  },
})
