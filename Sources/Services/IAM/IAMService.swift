import Cloud
import Identity
import Wire

/// AWS Identity and Access Management.
public enum IAMService {
  /// IAM's table of contents: every operation that is built, what it acts on, and its handler.
  public static func definition() -> ServiceDefinition {
    ServiceDefinition(
      model: .iam, actionPrefix: "iam",
      operations: users + groups + roles + profiles + inline + attached + managed + credentials + account + providers
        + tags + simulation,
      isGlobal: true
    ) { denial in
      AWSError("AccessDenied", denial.message(), status: 403)
    }
  }

  private static let users: [Operation] = [
    operation(
      "CreateUser", { .user($0.userName, path: $0.path).tagged($0.tags).bounded($0.permissionsBoundary) }, Users.create),
    operation("GetUser", { .user($0.userName) }, Users.get),
    operation("ListUsers", { .own("user" + ($0.pathPrefix ?? "/")) }, Users.list),
    operation("UpdateUser", { .user($0.userName) }, Users.update),
    operation("DeleteUser", { .user($0.userName) }, Users.delete),
    operation(
      "PutUserPermissionsBoundary", { .user($0.userName).bounded($0.permissionsBoundary) }, Users.putBoundary),
    operation("DeleteUserPermissionsBoundary", { .user($0.userName) }, Users.deleteBoundary),
  ]

  private static let groups: [Operation] = [
    operation("CreateGroup", { .group($0.groupName, path: $0.path) }, Groups.create),
    operation("GetGroup", { .group($0.groupName) }, Groups.get),
    operation("ListGroups", { .own("group" + ($0.pathPrefix ?? "/")) }, Groups.list),
    operation("ListGroupsForUser", { .user($0.userName) }, Groups.listForUser),
    operation("UpdateGroup", { .group($0.groupName) }, Groups.update),
    operation("DeleteGroup", { .group($0.groupName) }, Groups.delete),
    operation("AddUserToGroup", { .group($0.groupName) }, Groups.add),
    operation("RemoveUserFromGroup", { .group($0.groupName) }, Groups.remove),
  ]

  private static let roles: [Operation] = [
    operation(
      "CreateRole", { .role($0.roleName, path: $0.path).tagged($0.tags).bounded($0.permissionsBoundary) }, Roles.create),
    operation("GetRole", { .role($0.roleName) }, Roles.get),
    operation("ListRoles", { .own("role" + ($0.pathPrefix ?? "/")) }, Roles.list),
    operation("UpdateRole", { .role($0.roleName) }, Roles.update),
    operation("UpdateRoleDescription", { .role($0.roleName) }, Roles.updateDescription),
    operation("UpdateAssumeRolePolicy", { .role($0.roleName) }, Roles.updateTrust),
    operation("DeleteRole", { .role($0.roleName) }, Roles.delete),
    operation(
      "PutRolePermissionsBoundary", { .role($0.roleName).bounded($0.permissionsBoundary) }, Roles.putBoundary),
    operation("DeleteRolePermissionsBoundary", { .role($0.roleName) }, Roles.deleteBoundary),
    operation(
      "CreateServiceLinkedRole",
      {
        .own("role/aws-service-role/\($0.awsServiceName)/*").linked(to: $0.awsServiceName)
      }, ServiceLinkedRoles.create),
    operation("DeleteServiceLinkedRole", { .role($0.roleName) }, ServiceLinkedRoles.delete),
    operation(
      "GetServiceLinkedRoleDeletionStatus", { .own("role\($0.deletionTaskId.dropFirst(4))") },
      ServiceLinkedRoles.deletionStatus),
  ]

  private static let profiles: [Operation] = [
    operation(
      "CreateInstanceProfile", { .profile($0.instanceProfileName, path: $0.path).tagged($0.tags) },
      InstanceProfiles.create),
    operation("GetInstanceProfile", { .profile($0.instanceProfileName) }, InstanceProfiles.get),
    operation(
      "ListInstanceProfiles", { .own("instance-profile" + ($0.pathPrefix ?? "/")) }, InstanceProfiles.list),
    operation("ListInstanceProfilesForRole", { .role($0.roleName) }, InstanceProfiles.listForRole),
    operation("DeleteInstanceProfile", { .profile($0.instanceProfileName) }, InstanceProfiles.delete),
    Operation(
      "AddRoleToInstanceProfile", access: InstanceProfiles.addRoleAccess, InstanceProfiles.addRole),
    operation(
      "RemoveRoleFromInstanceProfile", { .profile($0.instanceProfileName) }, InstanceProfiles.removeRole),
  ]

  private static let inline: [Operation] = [
    operation("PutUserPolicy", { .user($0.userName) }, InlinePolicies.putUser),
    operation("GetUserPolicy", { .user($0.userName) }, InlinePolicies.getUser),
    operation("ListUserPolicies", { .user($0.userName) }, InlinePolicies.listUser),
    operation("DeleteUserPolicy", { .user($0.userName) }, InlinePolicies.deleteUser),
    operation("PutGroupPolicy", { .group($0.groupName) }, InlinePolicies.putGroup),
    operation("GetGroupPolicy", { .group($0.groupName) }, InlinePolicies.getGroup),
    operation("ListGroupPolicies", { .group($0.groupName) }, InlinePolicies.listGroup),
    operation("DeleteGroupPolicy", { .group($0.groupName) }, InlinePolicies.deleteGroup),
    operation("PutRolePolicy", { .role($0.roleName) }, InlinePolicies.putRole),
    operation("GetRolePolicy", { .role($0.roleName) }, InlinePolicies.getRole),
    operation("ListRolePolicies", { .role($0.roleName) }, InlinePolicies.listRole),
    operation("DeleteRolePolicy", { .role($0.roleName) }, InlinePolicies.deleteRole),
  ]

  private static let attached: [Operation] = [
    operation("AttachUserPolicy", { .user($0.userName).attaching($0.policyArn) }, Attachments.attachUser),
    operation("DetachUserPolicy", { .user($0.userName).attaching($0.policyArn) }, Attachments.detachUser),
    operation("ListAttachedUserPolicies", { .user($0.userName) }, Attachments.listUser),
    operation("AttachGroupPolicy", { .group($0.groupName).attaching($0.policyArn) }, Attachments.attachGroup),
    operation("DetachGroupPolicy", { .group($0.groupName).attaching($0.policyArn) }, Attachments.detachGroup),
    operation("ListAttachedGroupPolicies", { .group($0.groupName) }, Attachments.listGroup),
    operation("AttachRolePolicy", { .role($0.roleName).attaching($0.policyArn) }, Attachments.attachRole),
    operation("DetachRolePolicy", { .role($0.roleName).attaching($0.policyArn) }, Attachments.detachRole),
    operation("ListAttachedRolePolicies", { .role($0.roleName) }, Attachments.listRole),
  ]

  private static let managed: [Operation] = [
    operation(
      "CreatePolicy", { .own("policy\($0.path ?? "/")\($0.policyName)").tagged($0.tags) }, ManagedPolicies.create),
    operation("GetPolicy", { .policy($0.policyArn) }, ManagedPolicies.get),
    operation("ListPolicies", { .own("policy" + ($0.pathPrefix ?? "/")) }, ManagedPolicies.list),
    operation("DeletePolicy", { .policy($0.policyArn) }, ManagedPolicies.delete),
    operation("CreatePolicyVersion", { .policy($0.policyArn) }, ManagedPolicies.createVersion),
    operation("GetPolicyVersion", { .policy($0.policyArn) }, ManagedPolicies.getVersion),
    operation("ListPolicyVersions", { .policy($0.policyArn) }, ManagedPolicies.listVersions),
    operation("DeletePolicyVersion", { .policy($0.policyArn) }, ManagedPolicies.deleteVersion),
    operation("SetDefaultPolicyVersion", { .policy($0.policyArn) }, ManagedPolicies.setDefaultVersion),
    operation("ListEntitiesForPolicy", { .policy($0.policyArn) }, ManagedPolicies.entities),
  ]

  private static let credentials: [Operation] = [
    operation("CreateAccessKey", { .user($0.userName) }, AccessKeys.create),
    operation("ListAccessKeys", { .user($0.userName) }, AccessKeys.list),
    operation("UpdateAccessKey", { .user($0.userName) }, AccessKeys.update),
    operation("DeleteAccessKey", { .user($0.userName) }, AccessKeys.delete),
    operation("GetAccessKeyLastUsed", { _ in .anything }, AccessKeys.lastUsed),
    operation("CreateLoginProfile", { .user($0.userName) }, LoginProfiles.create),
    operation("GetLoginProfile", { .user($0.userName) }, LoginProfiles.get),
    operation("UpdateLoginProfile", { .user($0.userName) }, LoginProfiles.update),
    operation("DeleteLoginProfile", { .user($0.userName) }, LoginProfiles.delete),
    operation("ChangePassword", { _ in .user(nil) }, LoginProfiles.changePassword),
    operation(
      "CreateVirtualMFADevice", { .own("mfa\($0.path ?? "/")\($0.virtualMFADeviceName)").tagged($0.tags) },
      MFADevices.create),
    operation("DeleteVirtualMFADevice", { .arn($0.serialNumber) }, MFADevices.delete),
    operation("EnableMFADevice", { .user($0.userName) }, MFADevices.enable),
    operation("ResyncMFADevice", { .user($0.userName) }, MFADevices.resync),
    operation("DeactivateMFADevice", { .user($0.userName) }, MFADevices.deactivate),
    operation("GetMFADevice", { .user($0.userName) }, MFADevices.get),
    operation("ListSSHPublicKeys", { .user($0.userName) }, OtherCredentials.listSSHPublicKeys),
    operation("ListSigningCertificates", { .user($0.userName) }, OtherCredentials.listSigningCertificates),
    operation(
      "ListServiceSpecificCredentials", { .user($0.userName) }, OtherCredentials.listServiceSpecificCredentials),
    operation("ListMFADevices", { .user($0.userName) }, MFADevices.list),
    operation("ListVirtualMFADevices", { _ in .anything }, MFADevices.listVirtual),
    operation("ListMFADeviceTags", { .arn($0.serialNumber) }, MFADevices.tags),
    operation("TagMFADevice", { .arn($0.serialNumber).tagged($0.tags) }, MFADevices.tag),
    operation("UntagMFADevice", { .arn($0.serialNumber).untagged($0.tagKeys) }, MFADevices.untag),
  ]

  private static let account: [Operation] = [
    operation("CreateAccountAlias", { _ in .anything }, AccountSettings.createAlias),
    operation("DeleteAccountAlias", { _ in .anything }, AccountSettings.deleteAlias),
    operation("ListAccountAliases", { _ in .anything }, AccountSettings.listAliases),
    operation("UpdateAccountPasswordPolicy", { _ in .anything }, AccountSettings.updatePasswordPolicy),
    operation("GetAccountPasswordPolicy", { _ in .anything }, AccountSettings.getPasswordPolicy),
    operation("DeleteAccountPasswordPolicy", { _ in .anything }, AccountSettings.deletePasswordPolicy),
    operation("GetAccountSummary", { _ in .anything }, AccountSettings.summary),
    operation("GetAccountAuthorizationDetails", { _ in .anything }, AuthorizationDetails.get),
    operation("GenerateCredentialReport", { _ in .anything }, CredentialReport.generate),
    operation("GetCredentialReport", { _ in .anything }, CredentialReport.get),
  ]

  private static let providers: [Operation] = [
    operation(
      "CreateOpenIDConnectProvider", { .own("oidc-provider/\($0.url.dropFirst(8))").tagged($0.tags) },
      OpenIDProviders.create),
    operation("GetOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn) }, OpenIDProviders.get),
    operation("ListOpenIDConnectProviders", { _ in .anything }, OpenIDProviders.list),
    operation("DeleteOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn) }, OpenIDProviders.delete),
    operation(
      "AddClientIDToOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn) },
      OpenIDProviders.addClientID),
    operation(
      "RemoveClientIDFromOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn) },
      OpenIDProviders.removeClientID),
    operation(
      "UpdateOpenIDConnectProviderThumbprint", { .openIDProvider($0.openIDConnectProviderArn) },
      OpenIDProviders.updateThumbprints),
    operation("CreateSAMLProvider", { .own("saml-provider/\($0.name)").tagged($0.tags) }, SAMLProviders.create),
    operation("GetSAMLProvider", { .samlProvider($0.samlProviderArn) }, SAMLProviders.get),
    operation("ListSAMLProviders", { _ in .anything }, SAMLProviders.list),
    operation("UpdateSAMLProvider", { .samlProvider($0.samlProviderArn) }, SAMLProviders.update),
    operation("DeleteSAMLProvider", { .samlProvider($0.samlProviderArn) }, SAMLProviders.delete),
  ]

  private static let tags: [Operation] = [
    operation("TagUser", { .user($0.userName).tagged($0.tags) }, Tags.tagUser),
    operation("UntagUser", { .user($0.userName).untagged($0.tagKeys) }, Tags.untagUser),
    operation("ListUserTags", { .user($0.userName) }, Tags.listUser),
    operation("TagRole", { .role($0.roleName).tagged($0.tags) }, Tags.tagRole),
    operation("UntagRole", { .role($0.roleName).untagged($0.tagKeys) }, Tags.untagRole),
    operation("ListRoleTags", { .role($0.roleName) }, Tags.listRole),
    operation("TagPolicy", { .policy($0.policyArn).tagged($0.tags) }, Tags.tagPolicy),
    operation("UntagPolicy", { .policy($0.policyArn).untagged($0.tagKeys) }, Tags.untagPolicy),
    operation("ListPolicyTags", { .policy($0.policyArn) }, Tags.listPolicy),
    operation(
      "TagInstanceProfile", { .profile($0.instanceProfileName).tagged($0.tags) }, Tags.tagInstanceProfile),
    operation(
      "UntagInstanceProfile", { .profile($0.instanceProfileName).untagged($0.tagKeys) }, Tags.untagInstanceProfile),
    operation("ListInstanceProfileTags", { .profile($0.instanceProfileName) }, Tags.listInstanceProfile),
    operation(
      "TagOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn).tagged($0.tags) },
      Tags.tagOpenIDConnectProvider),
    operation(
      "UntagOpenIDConnectProvider", { .openIDProvider($0.openIDConnectProviderArn).untagged($0.tagKeys) },
      Tags.untagOpenIDConnectProvider),
    operation(
      "ListOpenIDConnectProviderTags", { .openIDProvider($0.openIDConnectProviderArn) }, Tags.listOpenIDConnectProvider),
    operation("TagSAMLProvider", { .samlProvider($0.samlProviderArn).tagged($0.tags) }, Tags.tagSAMLProvider),
    operation("UntagSAMLProvider", { .samlProvider($0.samlProviderArn).untagged($0.tagKeys) }, Tags.untagSAMLProvider),
    operation("ListSAMLProviderTags", { .samlProvider($0.samlProviderArn) }, Tags.listSAMLProvider),
  ]

  private static let simulation: [Operation] = [
    operation("SimulateCustomPolicy", { _ in .anything }, Simulation.custom),
    operation("SimulatePrincipalPolicy", { .principal($0.policySourceArn) }, Simulation.principal),
    operation("GetContextKeysForCustomPolicy", { _ in .anything }, Simulation.customKeys),
    operation("GetContextKeysForPrincipalPolicy", { .principal($0.policySourceArn) }, Simulation.principalKeys),
  ]
}
