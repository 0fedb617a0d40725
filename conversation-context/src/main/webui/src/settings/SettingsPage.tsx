import { NavLink, Skeleton, Title } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { Link, Redirect } from 'wouter'
import { useOperator } from '../session/operator'
import {
  IconArmchair,
  IconCalendar,
  IconChat,
  IconClock,
  IconCloud,
  IconDoctor,
  IconHistory,
  IconSettings,
  IconTool,
  IconUser,
} from '../shared/icons'
import { useLoaded, type Loaded } from '../shared/load'
import { Failed } from '../shared/states'
import { settings, type Business } from './api'
import { BusinessSection } from './BusinessSection'
import { ChairsSection } from './ChairsSection'
import { ClosuresSection } from './ClosuresSection'
import { DoctorSection } from './DoctorSection'
import { FollowUpsSection } from './FollowUpsSection'
import { HoursSection } from './HoursSection'
import { ProvisioningSection } from './ProvisioningSection'
import { ServicesSection } from './ServicesSection'
import classes from './Settings.module.css'
import { StaffSection } from './StaffSection'
import { WidgetSection } from './WidgetSection'

interface Section {
  id: string
  label: string
  icon: ReactNode
  show: (business: Business, changed: (business: Business) => void) => ReactNode
}

const SECTIONS: Section[] = [
  {
    id: 'business',
    label: 'Business',
    icon: <IconSettings size={18} aria-hidden />,
    show: (business, changed) => <BusinessSection business={business} onChanged={changed} />,
  },
  {
    id: 'hours',
    label: 'Hours',
    icon: <IconClock size={18} aria-hidden />,
    show: (business, changed) => <HoursSection business={business} onChanged={changed} />,
  },
  {
    id: 'services',
    label: 'Services',
    icon: <IconTool size={18} aria-hidden />,
    show: (business) => <ServicesSection tenantId={business.id} />,
  },
  {
    id: 'people',
    label: 'People',
    icon: <IconUser size={18} aria-hidden />,
    show: (business) => <StaffSection business={business} />,
  },
  {
    id: 'chairs',
    label: 'Chairs and rooms',
    icon: <IconArmchair size={18} aria-hidden />,
    show: (business) => <ChairsSection tenantId={business.id} />,
  },
  {
    id: 'closures',
    label: 'Holidays',
    icon: <IconCalendar size={18} aria-hidden />,
    show: (business) => <ClosuresSection tenantId={business.id} />,
  },
  {
    id: 'follow-ups',
    label: 'Follow-ups',
    icon: <IconHistory size={18} aria-hidden />,
    show: (business, changed) => <FollowUpsSection business={business} onChanged={changed} />,
  },
  {
    id: 'chat',
    label: 'Chat on your site',
    icon: <IconChat size={18} aria-hidden />,
    show: (business, changed) => <WidgetSection business={business} onChanged={changed} />,
  },
  {
    id: 'provisioning',
    label: 'Provisioning',
    icon: <IconCloud size={18} aria-hidden />,
    show: (business) => <ProvisioningSection tenantId={business.id} />,
  },
  {
    id: 'doctor',
    label: 'Doctor',
    icon: <IconDoctor size={18} aria-hidden />,
    show: (business) => <DoctorSection tenantId={business.id} />,
  },
]

/** What the business is, what it offers and who works there, and whether all is well. */
export default function SettingsPage({ section }: { section?: string }) {
  const { tenant } = useOperator()
  const business = useLoaded(`tenant ${tenant.id}`, () => settings.tenant(tenant.id))
  const sections = useRef<HTMLElement>(null)
  // On narrow screens the sections are a row that is longer than the screen.
  useEffect(() => {
    sections.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [section])
  const shown = SECTIONS.find(({ id }) => id === (section ?? 'business'))
  if (!shown) return <Redirect to="/settings" replace />
  return (
    <div className={classes.page}>
      <nav ref={sections} className={classes.sections} aria-label="Settings">
        {SECTIONS.map(({ id, label, icon }) => (
          <NavLink
            key={id}
            component={Link}
            href={id === 'business' ? '/settings' : `/settings/${id}`}
            label={label}
            leftSection={icon}
            active={id === shown.id}
            aria-current={id === shown.id ? 'page' : undefined}
            w="auto"
          />
        ))}
      </nav>
      <main id="main" className={classes.main} tabIndex={0} aria-busy={!business.data}>
        <div className={classes.sheet}>
          <Title order={1} size="h3" mb="md">
            {shown.label}
          </Title>
          <Shown section={shown} business={business} />
        </div>
      </main>
    </div>
  )
}

function Shown({ section, business }: { section: Section; business: Loaded<Business> }) {
  if (business.data) return section.show(business.data, business.set)
  if (business.error) return <Failed title="The settings did not load" detail={business.error.message} onRetry={business.reload} />
  return <Skeleton height={320} />
}
