extension Seed {
  /// The seed of `hakoniwa seed enterprise`: what the landing zones of larger companies look like, small.
  public static let enterprise = #"""
    # An organization as larger companies have it: a landing zone in small.
    enable: [SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY]

    policies:
      - name: deny-leaving
        type: SERVICE_CONTROL_POLICY
        description: No account leaves the organization by itself
        content:
          Version: "2012-10-17"
          Statement:
            - {Sid: DenyLeaving, Effect: Deny, Action: ["organizations:LeaveOrganization"], Resource: "*"}

      - name: protect-trail
        type: SERVICE_CONTROL_POLICY
        description: The trail stays on
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: DenyDisablingTrail
              Effect: Deny
              Action: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors"]
              Resource: "*"
              Condition:
                ArnNotLike: {"aws:PrincipalArn": "arn:aws:iam::*:role/security/*"}

      - name: deny-root-user
        type: SERVICE_CONTROL_POLICY
        description: Nobody works as root user
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: DenyRootUser
              Effect: Deny
              Action: "*"
              Resource: "*"
              Condition:
                ArnLike: {"aws:PrincipalArn": "arn:aws:iam::*:root"}

      - name: protect-security-roles
        type: SERVICE_CONTROL_POLICY
        description: Only the organization's own role changes the security team's roles
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: ProtectSecurityRoles
              Effect: Deny
              Action: ["iam:AttachRolePolicy", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
              Resource: ["arn:aws:iam::*:role/security/*", "arn:aws:iam::*:role/OrganizationAccountAccessRole"]
              Condition:
                ArnNotLike: {"aws:PrincipalArn": "arn:aws:iam::*:role/OrganizationAccountAccessRole"}

      - name: allowed-regions
        type: SERVICE_CONTROL_POLICY
        description: Work happens in two Regions; services without Regions are exempt
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: AllowedRegions
              Effect: Deny
              NotAction: ["account:*", "cloudfront:*", "iam:*", "organizations:*", "route53:*", "sts:*", "support:*"]
              Resource: "*"
              Condition:
                StringNotEquals: {"aws:RequestedRegion": [us-east-1, eu-central-1]}
                ArnNotLike: {"aws:PrincipalArn": ["arn:aws:iam::*:role/OrganizationAccountAccessRole", "arn:aws:iam::*:role/security/*"]}

      - name: sandbox-limits
        type: SERVICE_CONTROL_POLICY
        description: No long-lived keys and no open doors in sandboxes
        content:
          Version: "2012-10-17"
          Statement:
            - {Sid: NoLongLivedKeys, Effect: Deny, Action: ["iam:CreateUser", "iam:CreateAccessKey"], Resource: "*"}
            - {Sid: NoOrganizations, Effect: Deny, Action: ["organizations:*", "account:*"], Resource: "*"}

      - name: log-archive-only
        type: SERVICE_CONTROL_POLICY
        description: An allow list, for the account that keeps the logs
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: OnlyWhatLogsNeed
              Effect: Allow
              Action: ["s3:*", "kms:*", "sqs:*", "sts:*", "iam:*", "cloudtrail:*", "logs:*", "organizations:Describe*"]
              Resource: "*"

      - name: data-perimeter
        type: RESOURCE_CONTROL_POLICY
        description: Buckets, queues and roles are for principals of the organization and for AWS services
        content:
          Version: "2012-10-17"
          Statement:
            - Sid: OnlyOurPrincipals
              Effect: Deny
              Principal: "*"
              Action: ["s3:*", "sqs:*"]
              Resource: "*"
              Condition:
                StringNotEqualsIfExists: {"aws:PrincipalOrgID": "<organization>"}
                BoolIfExists: {"aws:PrincipalIsAWSService": "false"}

    root:
      policies: [deny-leaving, protect-trail]
      units:
        - name: Security
          policies: [deny-root-user]
          accounts:
            - name: security-tooling
              email: security-tooling@example.com
              roles:
                - name: security-audit
                  path: /security/
                  managed: ["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/ReadOnlyAccess"]
                - name: incident-response
                  path: /security/
                  managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
        - name: Log Archive
          policies: [deny-root-user, log-archive-only]
          fullAccess: false
          accounts:
            - name: log-archive
              email: log-archive@example.com
              roles:
                - name: log-reader
                  managed: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
        - name: Infrastructure
          policies: [deny-root-user, protect-security-roles, allowed-regions]
          accounts:
            - name: network
              email: network@example.com
              roles:
                - name: network-admin
                  managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
        - name: Workloads
          policies: [deny-root-user, protect-security-roles, allowed-regions, data-perimeter]
          units:
            - name: Production
              accounts:
                - name: shop-production
                  email: shop-production@example.com
                  roles:
                    - name: deploy
                      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
                    - name: app
                      trust:
                        Version: "2012-10-17"
                        Statement:
                          - {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}
                      inline:
                        Version: "2012-10-17"
                        Statement:
                          - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "sqs:SendMessage", "sqs:ReceiveMessage"], Resource: "*"}
                - name: billing-production
                  email: billing-production@example.com
                  roles:
                    - name: deploy
                      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
            - name: Staging
              accounts:
                - name: shop-staging
                  email: shop-staging@example.com
                  roles:
                    - name: deploy
                      managed: ["arn:aws:iam::aws:policy/AdministratorAccess"]
                    - name: developer
                      managed: ["arn:aws:iam::aws:policy/PowerUserAccess"]
        - name: Sandbox
          policies: [sandbox-limits]
          accounts:
            - name: sandbox-anna
              email: sandbox-anna@example.com
              roles:
                - name: developer
                  managed: ["arn:aws:iam::aws:policy/PowerUserAccess"]
            - name: sandbox-ben
              email: sandbox-ben@example.com
              roles:
                - name: developer
                  managed: ["arn:aws:iam::aws:policy/PowerUserAccess"]
    """#
}
