import Cloud
import Wire

/// Kinds of credentials that no operation here can make: SSH keys, signing certificates, service-specific credentials.
///
/// Their lists are therefore truly empty, and answer, because tools that delete a user ask for all of them first.
enum OtherCredentials {
  static func listSSHPublicKeys(
    _ input: ListSSHPublicKeysRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSSHPublicKeysResponse {
    try checkUser(input.userName, context, transaction)
    return ListSSHPublicKeysResponse(sshPublicKeys: [], isTruncated: false)
  }

  static func listSigningCertificates(
    _ input: ListSigningCertificatesRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListSigningCertificatesResponse {
    try checkUser(input.userName, context, transaction)
    return ListSigningCertificatesResponse(certificates: [], isTruncated: false)
  }

  static func listServiceSpecificCredentials(
    _ input: ListServiceSpecificCredentialsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListServiceSpecificCredentialsResponse {
    try checkUser(input.userName, context, transaction)
    return ListServiceSpecificCredentialsResponse(serviceSpecificCredentials: [])
  }

  private static func checkUser(
    _ given: String?, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    if let name = try context.userName(given) { _ = try Users.find(name, context, transaction) }
  }
}
