import { useState } from "react";
import type { CommunityDetail } from "../../api/communities";
import type { ContentLine } from "../../api/content";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useCopy } from "../../components/useCopy";

const TOOLS = {
  "lab/tree/": "JupyterLab",
  "tree/": "Notebook",
  "rstudio/": "RStudio",
  "vscode/": "VS Code",
};

/** A link for a course's page: it brings files into the home of whoever follows it, and opens one. */
export function LinkMaker(props: {
  community: CommunityDetail;
  line: ContentLine | undefined;
  onDone: () => void;
}) {
  const { community, line, onDone } = props;
  const [link, setLink] = useState("");
  const copy = useCopy();
  return (
    <FormDialog
      title="A link that brings files"
      submit="Make the link and copy it"
      busy={false}
      problem={null}
      onSubmit={(fields) => {
        const made = linkOf(community.url, fields);
        setLink(made);
        void copy(made);
      }}
      onCancel={onDone}
    >
      <p>
        Whoever follows it signs in, gets the files and lands where you say. Files of repositories
        that are attached here come at once; for others people are asked first.
      </p>
      <Field
        label="Repository"
        name="repo"
        required
        defaultValue={line?.url}
        hint="As it is attached here, or https://host/path."
      />
      <Field label="Branch" name="branch" defaultValue={line?.reference} />
      <Field
        label="Folder"
        name="folder"
        defaultValue={line?.folder}
        hint="Below the home. Empty for the repository's own name."
      />
      <Field
        label="Opens"
        name="path"
        hint="A file or folder in the repository, such as week1/start.ipynb. Empty for all of it."
      />
      <div className="field">
        <label htmlFor="link-tool">With</label>
        <select id="link-tool" name="tool">
          {Object.entries(TOOLS).map(([path, title]) => (
            <option key={path} value={path}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {link && (
        <Field
          label="The link"
          name="link"
          readOnly
          value={link}
          onFocus={(e) => e.target.select()}
        />
      )}
    </FormDialog>
  );
}

/** nbgitpuller's form, so that links go on to work elsewhere. */
function linkOf(home: string, fields: FormData): string {
  const field = (name: string) => String(fields.get(name) ?? "").trim();
  const repository = field("repo");
  const folder = field("folder") || (/([^/:]+?)(?:\/?\.git)?\/*$/.exec(repository)?.[1] ?? "");
  const tool = field("tool");
  const opens = field("path").replace(/^\/+/, "");
  const below = tool.endsWith("tree/") ? `${folder}${opens ? `/${opens}` : ""}` : "";
  const link = new URL(home.replace(/home$/, "user-redirect/git-pull"), window.location.href);
  link.searchParams.set("repo", repository);
  if (field("branch")) link.searchParams.set("branch", field("branch"));
  link.searchParams.set("urlpath", tool + below);
  if (field("folder")) link.searchParams.set("targetPath", folder);
  return link.toString();
}
