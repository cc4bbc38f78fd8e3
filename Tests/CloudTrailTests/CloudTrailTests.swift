import Testing

@testable import CloudTrail
