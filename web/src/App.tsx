import { useQuery } from "@tanstack/react-query";
import { Navigate, NavLink, Route, Routes } from "react-router";
import { type Me, meQuery } from "./api/me";
import { Loading } from "./components/Loading";
import { Page } from "./components/Page";
import { ProblemNote } from "./components/ProblemNote";
import { ActivityPage } from "./pages/activity/ActivityPage";
import { CommunitiesPage } from "./pages/communities/CommunitiesPage";
import { CommunityPage } from "./pages/communities/CommunityPage";
import { EnvironmentsPage } from "./pages/environments/EnvironmentsPage";
import { HealthPage } from "./pages/health/HealthPage";
import { JobsPage } from "./pages/jobs/JobsPage";
import { OverviewPage } from "./pages/overview/OverviewPage";
import { PeoplePage } from "./pages/people/PeoplePage";
import { ServersPage } from "./pages/servers/ServersPage";
import { SignInPage } from "./pages/sign-in/SignInPage";
import { StoragePage } from "./pages/storage/StoragePage";

/** What managers of communities see is marked; the rest is for administrators of the platform. */
const PAGES = [
  { path: "/", name: "Overview", managers: false, page: () => <OverviewPage /> },
  { path: "/servers", name: "Servers", managers: true, page: (me: Me) => <ServersPage me={me} /> },
  {
    path: "/communities",
    name: "Communities",
    managers: true,
    page: (me: Me) => <CommunitiesPage me={me} />,
  },
  {
    path: "/storage",
    name: "Storage",
    managers: true,
    page: (me: Me) => <StoragePage me={me} />,
  },
  { path: "/sign-in", name: "Signing in", managers: false, page: () => <SignInPage /> },
  { path: "/people", name: "People", managers: false, page: () => <PeoplePage /> },
  {
    path: "/environments",
    name: "Environments",
    managers: true,
    page: (me: Me) => <EnvironmentsPage me={me} />,
  },
  { path: "/health", name: "Health", managers: false, page: () => <HealthPage /> },
  { path: "/jobs", name: "Jobs", managers: false, page: () => <JobsPage /> },
  { path: "/activity", name: "Activity", managers: false, page: () => <ActivityPage /> },
];

/** Finds out who is here, and then shows the panel or says who may see it. */
export function App() {
  const me = useQuery(meQuery);
  if (me.isPending)
    return (
      <Alone>
        <Loading what="the panel" />
      </Alone>
    );
  if (me.data === undefined) {
    const refused = me.error && "status" in me.error && me.error.status === 403;
    return <Alone>{refused ? <NotForYou /> : <CannotOpen problem={me.error} />}</Alone>;
  }
  return me.data.admin || me.data.communities.length > 0 ? (
    <Panel me={me.data} />
  ) : (
    <Alone>
      <NotForYou name={me.data.name} />
    </Alone>
  );
}

function Alone({ children }: { children: React.ReactNode }) {
  return <main className="alone">{children}</main>;
}

function CannotOpen({ problem }: { problem: Error }) {
  return (
    <Page title="The panel cannot open">
      <ProblemNote problem={problem} />
    </Page>
  );
}

function NotForYou({ name }: { name?: string }) {
  return (
    <Page title="For administrators">
      <p>
        {name ? `You are signed in as ${name}, who` : "The account you are signed in with"} is not
        an administrator of this platform or of one of its communities. An administrator can make
        you one.
      </p>
      <p>
        <a href="/hub/home">Go to your home page</a>
      </p>
    </Page>
  );
}

function Panel({ me }: { me: Me }) {
  const pages = PAGES.filter(({ managers }) => managers || me.admin);
  const home = me.communities.find(({ baseUrl }) => baseUrl === "/") ?? me.communities[0];
  return (
    <div className="frame">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="side">
        <p className="brand">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
          Lyceum
        </p>
        <nav aria-label="Panel">
          <ul>
            {pages.map(({ path, name }) => (
              <li key={path}>
                <NavLink to={path} end={path === "/"}>
                  {name}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <p className="who">
          <span>{me.name}</span>
          <a href={home?.url ?? "/hub/home"}>My home page</a>
          <a href={`/sso/out?to=${home?.id ?? 1}`}>Sign out</a>
        </p>
      </header>
      <main id="content" tabIndex={-1}>
        <Routes>
          {pages.map(({ path, page }) => (
            <Route key={path} path={path} element={page(me)} />
          ))}
          <Route path="/communities/:id" element={<CommunityPage me={me} />} />
          {!me.admin && <Route path="/" element={<Navigate to="/communities" replace />} />}
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </main>
    </div>
  );
}

function NoSuchPage() {
  return (
    <Page title="No such page">
      <p>The panel has no page at this address. The menu lists all there are.</p>
    </Page>
  );
}
