import './app.css' // first: it declares the order of the CSS layers
import './theme.css'
import './mantine.css'
import './fonts.css'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { App } from './app.tsx'
import { createI18n } from './i18n/i18n.ts'
import { createAppRouter } from './routes.tsx'

const queryClient = createQueryClient()
const router = createAppRouter({ queryClient })
const i18n = await createI18n()

createRoot(document.getElementById('root')!).render(<App router={router} queryClient={queryClient} i18n={i18n} />)
