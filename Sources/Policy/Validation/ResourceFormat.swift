/// What IAM wants of the resources in policies of users, groups and roles.
enum ResourceFormat {
  static let partitions: Set<String> = [
    "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
  ]

  /// What resources of IAM begin with.
  static let iamPaths = [
    "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/",
    "sms-mfa/",
    "saml-provider/", "oidc-provider/", "report/", "access-report/",
  ]

  /// Resources of S3 that live in a Region.
  private static let regionalS3 = ["accesspoint/", "access-grants/", "async-request/", "job/", "storage-lens"]

  /// AWS's message about a resource, or nothing if it is in order.
  static func problem(_ resource: String) -> String? {
    if resource == "*" { return nil }
    let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return "Resource \(resource) must be in ARN format or \"*\"." }
    let partition = parts[1]
    guard partition == "*" || partitions.contains(partition) else {
      return "Partition \"\(partition)\" is not valid for resource \"\(completed(parts))\"."
    }
    guard parts.count > 2 else { return "Resource vendor must be fully qualified and cannot contain regexes." }
    let service = parts[2]
    let region = parts.count > 3 ? parts[3] : ""
    let rest = parts.count > 5 ? parts[5] : ""
    if !region.isEmpty {
      if service == "iam" { return "IAM resource \(resource) cannot contain region information." }
      if service == "s3", !regionalS3.contains(where: rest.hasPrefix) {
        return "Resource \(resource) can not contain region information."
      }
    }
    if service == "iam", parts.count > 5, !isIAMPath(rest) {
      return "IAM resource path must either be \"*\" or start with \(iamPaths.joined(separator: ", "))."
    }
    return nil
  }

  /// The resource as messages about partitions show it: with stars for what is missing.
  private static func completed(_ parts: [String]) -> String {
    var rest = Array(parts.dropFirst(2))
    if rest.first?.isEmpty == true, rest.count == 1 { rest = [] }
    // Everything behind the fifth colon is one part.
    let shown = (0..<3).map { $0 < rest.count ? rest[$0] : "*" }
    let last = rest.count > 3 ? rest[3...].joined(separator: ":") : "*"
    return "arn:\(parts[1]):\(shown.joined(separator: ":")):\(last)"
  }

  /// Up to its first wildcard or variable, a path must begin as one of the known ones.
  private static func isIAMPath(_ path: String) -> Bool {
    let literal = path.prefix { $0 != "*" && $0 != "?" && $0 != "$" }
    if literal.count == path.count { return iamPaths.contains(where: path.hasPrefix) }
    return iamPaths.contains { $0.hasPrefix(literal) || literal.hasPrefix($0) }
  }
}
