// AWS Organizations: the tree of units and accounts, and which policies hold at each level.
import { address, ask, call, callAll, chip, count, h, notice, open, place, pretty, put, s, showError } from "./page.js";

const main = open("organization");
const error = h("div");
const content = h("div");
const types = [["SERVICE_CONTROL_POLICY", "SCP", "scp"], ["RESOURCE_CONTROL_POLICY", "RCP", "rcp"]];
const standing = ["p-FullAWSAccess", "p-RCPFullAWSAccess"];
const all = (operation, input, list) => callAll("organizations", operation, input, list);

const icons = {
  root: "M3 7l5-4 5 4v6H3z", unit: "M2 4h4l1.500 1.500H14V12.500H2z", account: "M8 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.5-3 2.500-4 5-4s4.500 1 5 4z",
};
const icon = (kind) => s("svg", { viewBox: "0 0 16 16", class: "level-icon", "aria-hidden": "true" },
  s("path", { d: icons[kind], fill: "none", stroke: "currentColor", "stroke-width": 1.3, "stroke-linejoin": "round" }));

async function policiesOf(target, enabled) {
  const lists = await Promise.all(types.filter(([type]) => enabled.includes(type)).map(async ([type, short, kind]) =>
    (await all("ListPoliciesForTarget", { TargetId: target, Filter: type }, "Policies")).map((policy) => ({ ...policy, short, kind }))));
  // Those that AWS attaches everywhere say least, so they stand last.
  return lists.flat().sort((left, right) => standing.includes(left.Id) - standing.includes(right.Id));
}

async function showPolicy({ Id, Name, short }) {
  const { Policy } = await call("organizations", "DescribePolicy", { PolicyId: Id });
  const targets = await all("ListTargetsForPolicy", { PolicyId: Id }, "Targets").catch(() => []);
  await ask(`${Name}`, [
    h("p", { class: "soft" }, `${short} ${Id}. ${Policy.PolicySummary.Description ?? ""}`),
    h("pre", { tabindex: 0 }, pretty(Policy.Content)),
    h("p", {}), h("p", { class: "soft small" }, targets.length ? `Attached to ${targets.map(({ Name: name, TargetId }) => name ?? TargetId).join(", ")}.` : ""),
  ], { action: "Done", send: async () => {} });
}

function policyButtons(policies) {
  return h("span", { class: "policies" }, policies.map((policy) => h("button", {
    type: "button", class: `policy ${policy.kind} ${standing.includes(policy.Id) ? "default" : ""}`, title: `${policy.short} ${policy.Id}`,
    onclick: () => showPolicy(policy).catch((problem) => showError(error, problem)),
  }, `${policy.short} ${policy.Name}`)));
}

async function accountNode(account, organization, enabled) {
  const isManagement = account.Id === (organization.MasterAccountId ?? organization.ManagementAccountId);
  const state = account.State ?? account.Status;
  return h("li", {}, h("div", { class: "node account" }, icon("account"), h("span", { class: "name" }, account.Name),
    h("a", { class: "mono small", href: address("", { account: account.Id }) }, account.Id),
    isManagement ? chip("management", "good") : null, state && state !== "ACTIVE" ? chip(state.toLowerCase().replaceAll("_", " "), "warn") : null,
    policyButtons(await policiesOf(account.Id, enabled)),
    isManagement ? h("span", { class: "soft small" }, "policies do not bind it") : null));
}

async function unitNode(kind, unit, organization, enabled, counts) {
  const [policies, units, accounts] = await Promise.all([
    policiesOf(unit.Id, enabled),
    all("ListOrganizationalUnitsForParent", { ParentId: unit.Id }, "OrganizationalUnits"),
    all("ListAccountsForParent", { ParentId: unit.Id }, "Accounts"),
  ]);
  counts.units += units.length;
  counts.accounts += accounts.length;
  const children = await Promise.all([
    ...units.map((child) => unitNode("unit", child, organization, enabled, counts)),
    ...accounts.map((account) => accountNode(account, organization, enabled)),
  ]);
  return h("li", {}, h("div", { class: "node unit" }, icon(kind), h("span", { class: "name" }, unit.Name), h("span", { class: "soft small mono" }, unit.Id),
    policyButtons(policies)), children.length ? h("ul", {}, children) : null);
}

async function show() {
  const { Organization: organization } = await call("organizations", "DescribeOrganization");
  const management = organization.MasterAccountId ?? organization.ManagementAccountId;
  if (management !== place.account) {
    put(content, h("div", { class: "card" }, h("p", {}, `Account ${place.account} is a member of organization `, h("code", {}, organization.Id), "."),
      h("p", {}, h("a", { href: address("organization", { account: management }) }, `Look at it from its management account ${management}`))));
    return;
  }
  const roots = await all("ListRoots", {}, "Roots");
  const counts = { units: 0, accounts: 0 };
  const enabled = roots.flatMap(({ PolicyTypes }) => PolicyTypes ?? []).filter(({ Status }) => Status === "ENABLED").map(({ Type }) => Type);
  const nodes = await Promise.all(roots.map((root) => unitNode("root", root, organization, enabled, counts)));
  put(content,
    h("section", { class: "card" },
      h("header", {}, h("h2", {}, "Tree"), h("span", { class: "soft small" }, `${count(counts.units, "unit")}, ${count(counts.accounts, "account")}`)),
      types.some(([type]) => enabled.includes(type)) ? null : notice("", "Neither service control policies nor resource control policies are enabled: nothing is bounded."),
      h("ul", { class: "tree" }, nodes)),
    h("section", { class: "card" }, h("header", {}, h("h2", {}, "Organization")), h("dl", { class: "facts" },
      h("dt", {}, "Id"), h("dd", {}, h("code", {}, organization.Id)),
      h("dt", {}, "Management account"), h("dd", {}, h("code", {}, management)),
      h("dt", {}, "Features"), h("dd", {}, organization.FeatureSet === "ALL" ? "all" : "consolidated billing"),
      h("dt", {}, "Policy types"), h("dd", {}, enabled.map((type) => [chip(type.toLowerCase().replaceAll("_", " "), "good"), " "])))));
}

put(main,
  h("div", { class: "heading" }, h("div", {}, h("h1", {}, "Organization"),
    h("p", { class: "about" }, "Every account is bounded by the policies of its own level and of all levels above it."))),
  error, content);
show().catch((problem) => {
  if (problem.code === "AWSOrganizationsNotInUseException") {
    put(content, h("div", { class: "card empty" }, h("p", {}, `Account ${place.account} is in no organization.`),
      h("p", {}, h("code", {}, "aws organizations create-organization"))));
  } else { showError(error, problem); }
});
