import { ActionIcon, Badge, Menu, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { Link, useLocation } from 'wouter'
import { useBoardLine } from '../board/BoardStream'
import { useOperator } from '../session/operator'
import { IconBoard, IconCalendar, IconHelp, IconHistory, IconMoon, IconSettings, IconSignOut, IconSun, IconUser } from '../shared/icons'
import { useNarrow } from '../shared/narrow'
import { HelpDialog } from './HelpDialog'
import classes from './Shell.module.css'
import { useSingleKeys } from './shortcuts'

const PAGES = [
  { href: '/', label: 'Board', Icon: IconBoard, is: (path: string) => path === '/' || path.startsWith('/leads') },
  { href: '/calendar', label: 'Calendar', Icon: IconCalendar, is: (path: string) => path.startsWith('/calendar') },
  { href: '/follow-ups', label: 'Follow-ups', Icon: IconHistory, is: (path: string) => path.startsWith('/follow-ups') },
  { href: '/settings', label: 'Settings', Icon: IconSettings, is: (path: string) => path.startsWith('/settings') },
]

/** Which business, which page, who; on narrow screens the pages are a bar at the bottom. */
export function TopBar({ onSignOut }: { onSignOut: () => void }) {
  const { tenant } = useOperator()
  const [, navigate] = useLocation()
  const narrow = useNarrow()
  const [help, { open, close }] = useDisclosure(false)
  const [singleKeys] = useSingleKeys()
  useHotkeys([
    ...PAGES.map(({ href }, index): [string, () => void] => [`alt+${index + 1}`, () => navigate(href)]),
    ['shift+?', () => singleKeys && open()],
  ])

  return (
    <>
      <header className={classes.top}>
        <div className={classes.brand}>
          <img src="/assets/mark.svg" alt="" width={26} height={26} />
          <span>{tenant.name}</span>
        </div>
        {!narrow && <Pages className={classes.pages} />}
        <div className={classes.tools}>
          <LineMark />
          <Tooltip label="Keys and help">
            <ActionIcon variant="subtle" color="gray" size="lg" onClick={open} aria-label="Keys and help">
              <IconHelp size={20} />
            </ActionIcon>
          </Tooltip>
          <Account onSignOut={onSignOut} />
        </div>
      </header>
      {narrow && <Pages className={classes.bar} />}
      <HelpDialog opened={help} onClose={close} />
    </>
  )
}

function Pages({ className }: { className?: string }) {
  const [path] = useLocation()
  return (
    <nav className={className} aria-label="Pages">
      {PAGES.map(({ href, label, Icon, is }) => (
        <Link key={href} href={href} className={classes.page} aria-current={is(path) ? 'page' : undefined}>
          <Icon size={18} stroke={1.8} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  )
}

/** Whether what is shown is of now. */
function LineMark() {
  const line = useBoardLine()
  return (
    <div role="status" aria-live="polite">
      {line === 'lost' && (
        <Badge color="yellow" variant="light" size="lg" radius="sm" tt="none">
          Reconnecting…
        </Badge>
      )}
    </div>
  )
}

function Account({ onSignOut }: { onSignOut: () => void }) {
  const { name, role, tenant } = useOperator()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${name}, ${role}`}>
          <IconUser size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)">
            {name}
          </Text>
          {role} · times in {tenant.timeZone.replaceAll('_', ' ')}
        </Menu.Label>
        <Menu.Item
          leftSection={dark ? <IconSun size={17} aria-hidden /> : <IconMoon size={17} aria-hidden />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? 'Light colours' : 'Dark colours'}
        </Menu.Item>
        <Menu.Item leftSection={<IconSignOut size={17} aria-hidden />} onClick={onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
